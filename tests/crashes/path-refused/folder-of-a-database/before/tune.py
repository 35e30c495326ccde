import sqlite3, argparse

class Study:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("create table if not exists trial(id integer, value real)")

a = argparse.ArgumentParser(); a.add_argument("--db", default="hpo/trials.db"); a = a.parse_args()
s = Study(a.db)
