# -*- coding: utf-8 -*-
import os

ROOT = os.path.dirname(os.path.abspath(__file__))
# das Vokabular – ein Wort je Zeile
VOCAB = os.path.join(ROOT, 'assets', 'vocabluary.txt')

with open(VOCAB, encoding='utf-8') as f:
    words = [line.strip() for line in f]

for step in range(3):
    print(f'step {step}: {len(words)} words')
print('trained')
