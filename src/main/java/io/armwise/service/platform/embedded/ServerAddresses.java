package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the embedded servers of a data folder answer while another process runs them.
 *
 * @param jdbcUrl the service's own database
 * @param user the role that owns the database
 * @param password of {@code user}
 * @param bootstrapServers the broker, {@code host:port}
 */
public record ServerAddresses(
    String jdbcUrl, String user, String password, String bootstrapServers) {

  /** As the folder remembers them; empty if no embedded servers have ever run on it. */
  public static Optional<ServerAddresses> remembered(Path folder) {
    Path file = folder.resolve("settings.properties");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties settings = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      settings.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    String postgres = settings.getProperty("postgresql.port");
    String password = settings.getProperty("postgresql." + EmbeddedPostgres.USER + ".password");
    String kafka = settings.getProperty("kafka.port");
    return postgres == null || password == null || kafka == null
        ? Optional.empty()
        : Optional.of(
            new ServerAddresses(
                "jdbc:postgresql://127.0.0.1:" + postgres + "/" + EmbeddedPostgres.DATABASE,
                EmbeddedPostgres.USER,
                password,
                "127.0.0.1:" + kafka));
  }
}
