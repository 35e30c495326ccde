#!/bin/bash
set -e
bash scripts/small.sh
