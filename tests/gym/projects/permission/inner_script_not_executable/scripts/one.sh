#!/usr/bin/env bash
python -c "print('step', $1)"
