import zqlab_internal_kernels

print("trained", zqlab_internal_kernels)
