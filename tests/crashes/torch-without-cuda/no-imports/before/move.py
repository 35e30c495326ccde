#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""Moves what a loader gives.

import torch is not needed here.
"""
from __future__ import annotations


def to_gpu(batch):
    return [t.cuda(non_blocking=True)
            for t in batch]  # tensors
