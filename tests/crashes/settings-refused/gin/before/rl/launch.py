import gin
from rl import agent

def main():
    gin.parse_config_file("gin/sac.gin")
    a = agent.Agent()
    print("gamma", a.gamma)

if __name__ == "__main__":
    main()
