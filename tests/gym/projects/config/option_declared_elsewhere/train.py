from opts import get
from loop import fit
def main():
    opt = get()
    fit(3, opt.lr)
main()
