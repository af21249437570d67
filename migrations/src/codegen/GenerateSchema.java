import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;

/**
 * Generates the jOOQ classes from the schema as PostgreSQL itself sees it: starts an embedded
 * server, runs the migrations, reads the catalogue. Does nothing when the migrations are those of
 * the last run.
 *
 * <p>Arguments: the folder of the migrations, the folder for the sources.
 */
public final class GenerateSchema {
  public static void main(String[] arguments) throws Exception {
    Path migrations = Path.of(arguments[0]);
    Path sources = Path.of(arguments[1]);
    Path fingerprintFile = sources.resolve("migrations.sha256");
    String fingerprint = fingerprint(migrations);
    if (Files.exists(fingerprintFile) && Files.readString(fingerprintFile).equals(fingerprint)) {
      return;
    }
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      Flyway.configure()
          .dataSource(server.getPostgresDatabase())
          .locations("filesystem:" + migrations)
          .load()
          .migrate();
      GenerationTool.generate(configuration(server.getJdbcUrl("postgres", "postgres"), sources));
    }
    Files.writeString(fingerprintFile, fingerprint);
  }

  private static Configuration configuration(String url, Path sources) {
    return new Configuration()
        .withJdbc(new Jdbc().withUrl(url))
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withInputSchema("public")
                        .withOutputSchemaToDefault(true)
                        .withExcludes("flyway_schema_history"))
                .withGenerate(new Generate().withJavaTimeTypes(true).withPojos(false))
                .withTarget(
                    new Target()
                        .withPackageName("io.armwise.schema")
                        .withDirectory(sources.toString())));
  }

  private static String fingerprint(Path migrations) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : sqlFiles(migrations)) {
      digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> sqlFiles(Path migrations) throws IOException {
    try (Stream<Path> files = Files.list(migrations)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }
}
