import torch


def noisy(images, steps, device):
    """Noise for every image: N, C, H, W."""
    noise = torch.randn(images.shape).to(device)
    scale = steps.view(-1, 1, 1, 1)
    return images + scale * noise


device = "cuda"
images = torch.ones(2, 3, 4, 4)
print(noisy(images, torch.ones(2), device).shape)
