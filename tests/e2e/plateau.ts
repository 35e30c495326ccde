/** A training program whose run gives a check-in something to say. */

/** Falls, then stays; writes three checkpoints a second apart and no more. */
export const plateau = `import argparse, time
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--config", type=str)
parser.add_argument("--data", type=str)
parser.add_argument("--max_steps", type=int, default=3000)
args = parser.parse_args()
for step in range(1, args.max_steps + 1):
    loss = 6 - step / 90 if step < 330 else 2.33 + step % 7 / 1000
    print(f"step {step}/{args.max_steps} loss {loss:.4f} lr 3.0e-04 30.0 it/s", flush=True)
    if step in (30, 60, 90):
        Path(f"checkpoint_{step}.pt").write_bytes(b"weights")
    time.sleep(1 / 30)
`;

export const config = `batch_size: 8
optim:
  lr: 3.0e-4
  gradient_accumulation_steps: 4
`;

export const command = "python train.py --config train.yaml --data data/none.csv";
