import torch


class Agent:
    def __init__(self, gpu=0):
        self.device = torch.device("cuda:%d" % gpu)
        self.q = torch.zeros(3).to(self.device)

    def learn(self):
        self.q += 1
        return self.q.sum().item()


agent = Agent()
for i in range(2):
    print("step", i, agent.learn())
print("trained")
