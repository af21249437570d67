package io.armwise.service.platform.disk;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What is made with these attributes nobody but its owner can read or write. */
public final class OwnerOnly {
  /** A file. */
  public static final FileAttribute<Set<PosixFilePermission>> FILE = of("rw-------");

  /** A folder. */
  public static final FileAttribute<Set<PosixFilePermission>> FOLDER = of("rwx------");

  private OwnerOnly() {}

  private static FileAttribute<Set<PosixFilePermission>> of(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
