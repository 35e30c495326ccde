from transformers import TrainingArguments

args = TrainingArguments(output_dir="out", eval_strategy="steps")
