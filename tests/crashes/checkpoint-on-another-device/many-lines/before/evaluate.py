from pathlib import Path

import torch

model = torch.nn.Linear(4, 2)
model.load_state_dict(
    torch.load(
        (Path('runs') / 'best.pt'),  # the best so far
    )['model']
)
print('done', model(torch.ones(1, 4)).shape)
