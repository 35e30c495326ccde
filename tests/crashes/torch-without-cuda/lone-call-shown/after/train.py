import torch

if torch.cuda.is_available():
    print("card:", torch.cuda.get_device_name(0))
net = torch.nn.Linear(2, 2)
