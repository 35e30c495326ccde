from datasets import load_dataset

def build(pattern):
    return load_dataset("json", data_files={"train": pattern}, split="train")

if __name__ == "__main__":
    ds = build("data/stf/*.jsonl")
    print(ds)
