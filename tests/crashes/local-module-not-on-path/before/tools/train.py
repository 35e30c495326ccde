from tinynet.model import Net
