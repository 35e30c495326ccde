DEVICE = 'cuda'
