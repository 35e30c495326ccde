import torch
old = torch.nn.Linear(2, 3).state_dict()
new = torch.nn.Linear(2, 4)
new.load_state_dict(old)
