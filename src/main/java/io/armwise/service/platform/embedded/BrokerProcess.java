package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The main class of the broker's JVM: formats the log folder at the first start, runs the broker,
 * says {@value #READY} on standard output when it takes requests, and stops it in good order when
 * standard input ends, that is when the service has closed it or is gone.
 *
 * <p>A JVM of its own because a broker that meets a full disk or runs out of memory halts its
 * process: the service must go on deciding without it.
 */
public final class BrokerProcess {
  static final String READY = "ready";
  static final String LOG_CONFIGURATION = "armwise-broker-logback.xml";

  private BrokerProcess() {}

  /** Takes the path of the broker's properties file. */
  public static void main(String[] arguments) throws Exception {
    // Standard output carries the one word; whatever a library prints goes to the log.
    PrintStream parent = System.out;
    System.setOut(System.err);
    KafkaConfig configuration = KafkaConfig.fromProps(properties(Path.of(arguments[0])), false);
    format(configuration);
    KafkaRaftServer broker = new KafkaRaftServer(configuration, Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(broker::shutdown, "broker shutdown"));
    broker.startup();
    parent.println(READY);
    awaitEndOfInput();
    System.exit(0);
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      properties.load(in);
    }
    return properties;
  }

  /** Gives the folder its identity; the file that names it is written last. */
  private static void format(KafkaConfig configuration) throws Exception {
    Path log = Path.of(configuration.metadataLogDir());
    if (Files.exists(log.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    new Formatter()
        .setPrintStream(System.err)
        .setNodeId(configuration.nodeId())
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(log.toString()))
        .setMetadataLogDirectory(log.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setUnstableFeatureVersionsEnabled(false)
        .setIgnoreFormatted(true)
        .run();
  }

  private static void awaitEndOfInput() throws IOException {
    int next = System.in.read();
    while (next >= 0) {
      next = System.in.read();
    }
  }
}
