"""What the fault tests share: a robot at the real window, its diary, broken builds, disks."""
