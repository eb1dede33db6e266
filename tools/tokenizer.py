#!/usr/bin/env python3
"""Turns a Hugging Face tokenizer.json into a tokenizer that medley's text/encoder reads:

    tools/tokenizer.py path/to/tokenizer.json minilm.xml     # writes minilm.xml and minilm.bin

BPE, WordPiece and Unigram all work. It needs, in an environment of its own, the Python packages
transformers and openvino-tokenizers of the version that medley is built with (tools/setup_openvino).
"""
import argparse

import openvino
import openvino_tokenizers
import transformers

# A cut has to be in the tokenizer for medley to set its length (max_tokens); what stands here is never used.
ANY_LENGTH = 512


def convert(source, target):
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_file=str(source))
    tokenizer.padding_side = tokenizer.truncation_side = "right"
    # What pads is masked; the file need not name a token for it.
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.convert_ids_to_tokens(0)
    model = openvino_tokenizers.convert_tokenizer(tokenizer, max_length=ANY_LENGTH)
    openvino.save_model(model, target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="tokenizer.json")
    parser.add_argument("target", help="the .xml to write; the vocabulary goes into a .bin beside it")
    given = parser.parse_args()
    convert(given.source, given.target)
