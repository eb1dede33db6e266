#pragma once

#include <soci/soci.h>

namespace medley::data {

/// A transaction that writes; it rolls back unless it is committed. Inside the store only.
class Transaction {
 public:
  // A deferred transaction could meet another writer after its first rows; this one waits for it now.
  explicit Transaction(soci::session& sql) : sql_(sql) { sql_ << "BEGIN IMMEDIATE"; }
  ~Transaction() {
    if (!open_) return;
    try {
      sql_ << "ROLLBACK";
    } catch (const soci::soci_error&) {
      // SQLite has rolled back by itself, as it does when the disk is full.
      open_ = false;
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    sql_ << "COMMIT";
    open_ = false;
  }

 private:
  soci::session& sql_;
  bool open_ = true;
};

}  // namespace medley::data
