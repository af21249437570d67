package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How to start a program that refuses to run as root, as PostgreSQL does: as ourselves where we are
 * not root; else in a user namespace, where we are nobody and still own our files; else, where the
 * host forbids those, as a system user to whom the program's folders are given.
 */
sealed interface Privileges {

  /** We are an ordinary user. */
  record Own() implements Privileges {}

  /** Root, but unmapped in a user namespace of its own. */
  record Namespace() implements Privileges {}

  /** Another user, who must own the program's folders. */
  record OtherUser(String user, String group) implements Privileges {}

  /** What this host allows. */
  static Privileges ofThisProcess() throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
      return new Own();
    }
    // Programs look up their own name: an unmapped user must have an entry.
    if (succeeds("unshare", "-U", "sh", "-c", "test \"$(id -u)\" != 0 && id -un")) {
      return new Namespace();
    }
    for (String user : List.of("postgres", "nobody")) {
      if (succeeds("id", "-u", user)) {
        OtherUser other = otherUser(user);
        if (succeeds(other.command(List.of("true")).toArray(String[]::new))) {
          return other;
        }
      }
    }
    throw new EmbeddedServerException(
        "PostgreSQL does not run as root, and this host allows neither user namespaces (unshare -U)"
            + " nor a change of user (setpriv). Start the service as an ordinary user, or set"
            + " ARMWISE_JDBC_URL to a PostgreSQL of your own.");
  }

  /** The system user of this name with its own group. */
  static OtherUser otherUser(String user) throws IOException {
    Process id = new ProcessBuilder("id", "-gn", user).start();
    return new OtherUser(
        user, new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
  }

  /** The command that runs this one with these privileges. */
  default List<String> command(List<String> command) {
    List<String> all = new ArrayList<>();
    switch (this) {
      case Own own -> {}
      case Namespace namespace -> all.addAll(List.of("unshare", "-U"));
      case OtherUser other ->
          all.addAll(
              List.of("setpriv", "--reuid", other.user, "--regid", other.group, "--init-groups"));
    }
    all.addAll(command);
    return all;
  }

  /** Gives the file or folder with all it holds to the one who will run. */
  default void give(Path path) throws IOException {
    if (this instanceof OtherUser other) {
      run("chown", "-R", other.user + ":" + other.group, path.toString());
    }
  }

  /** Lets the one who will run pass through the folders above this one, up to the root given. */
  default void letThrough(Path folder, Path root) throws IOException {
    if (this instanceof OtherUser) {
      for (@Nullable Path above = folder.getParent();
          above != null && above.startsWith(root);
          above = above.getParent()) {
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
      }
    }
  }

  private static void run(String... command) throws IOException {
    if (!succeeds(command)) {
      throw new IOException("this command failed: " + String.join(" ", command));
    }
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
