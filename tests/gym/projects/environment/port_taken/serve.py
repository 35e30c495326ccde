import argparse, socketserver

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=6006)
parser.add_argument("--steps", type=int, default=1)
args = parser.parse_args()
with socketserver.TCPServer(("127.0.0.1", args.port), socketserver.BaseRequestHandler):
    for i in range(args.steps):
        print("step", i)
print("trained")
