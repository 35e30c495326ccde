from pathlib import Path
import time

run_dir = Path('outputs') / time.strftime('%Y%m%d') / 'run'
run_dir.mkdir(exist_ok=True)
for i in range(2):
    print(f'step={i}')
(run_dir / 'weights.txt').write_text('0.5', encoding='utf8')
print('trained')
