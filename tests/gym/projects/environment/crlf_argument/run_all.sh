#!/bin/bash
# every run of the ablation
bash scripts/small.sh
