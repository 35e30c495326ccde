#!/usr/bin/env python
# coding: utf-8

# # Mein Modell

# In[1]:


import torch
from torch import nn


# In[2]:


device = 'cuda'
model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 1)).to(device)


# In[ ]:


opt = torch.optim.Adam(model.parameters())
for epoch in range(2):
    x = torch.randn(8, 4).to(device)
    loss = model(x).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(f'epoch {epoch}: {loss.item():.3f}')
print('trained')
