#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""Moves what a loader gives.

import torch is not needed here.
"""
from __future__ import annotations

import torch


def to_gpu(batch):
    return [t.to("cuda" if torch.cuda.is_available() else "cpu", non_blocking=True)
            for t in batch]  # tensors
