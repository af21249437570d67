package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A real single-node Kafka (broker and controller in one, KRaft) in the data folder, as a JVM of
 * its own ({@link BrokerProcess}); loopback only.
 *
 * <p>Layout: {@code kafka/} the topics and the metadata log, {@code log/kafka} the logs. Settings
 * of the operator's own in {@code kafka.properties} at the top of the data folder win over ours.
 *
 * <p>Not safe for use by several threads; {@link Supervisor} owns it.
 */
final class EmbeddedKafka implements EmbeddedServer {
  private final DataFolder data;
  private final Path logs;
  private final Path record;
  private final Path configuration;
  private final int port;

  private EmbeddedKafka(DataFolder data) throws IOException {
    this.data = data;
    this.logs = data.folder("log/kafka");
    this.record = data.folder("run").resolve("kafka.pid");
    // Only when a broker that is still stopping has ended are its ports free to be used again.
    ServerProcess.endPrevious(record);
    this.port = data.port("kafka");
    this.configuration = data.folder("run").resolve("kafka.properties");
  }

  /** Chooses the ports and writes the configuration; starts nothing yet. */
  static EmbeddedKafka prepare(DataFolder data, Consumer<String> progress) throws IOException {
    if (!Files.isDirectory(data.path().resolve("kafka"))) {
      progress.accept("creating the Kafka log");
    }
    EmbeddedKafka kafka = new EmbeddedKafka(data);
    kafka.writeConfiguration(data.folder("kafka"), data.port("kafka.controller"));
    return kafka;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public String name() {
    return "Kafka";
  }

  private void writeConfiguration(Path log, int controllerPort) throws IOException {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
            "controller.listener.names", "CONTROLLER",
            "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs", log.toString(),
            "auto.create.topics.enable", "false"));
    // One node: every replication factor is 1, and a group need not wait for members to gather.
    properties.putAll(
        Map.of(
            "default.replication.factor", "1",
            "min.insync.replicas", "1",
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "group.initial.rebalance.delay.ms", "0"));
    // There is no replica to lose power at another time: what is acknowledged is on the disk.
    properties.put("log.flush.interval.messages", "1");
    // A broker that comes back after a kill must wait until its former self has timed out.
    properties.putAll(
        Map.of(
            "broker.heartbeat.interval.ms", "250",
            "broker.session.timeout.ms", "3000"));
    // So must a service that comes back: until then nobody reads the partitions it had.
    properties.putAll(
        Map.of(
            "group.consumer.min.heartbeat.interval.ms", "1000",
            "group.consumer.heartbeat.interval.ms", "1000",
            "group.consumer.min.session.timeout.ms", "6000",
            "group.consumer.session.timeout.ms", "6000"));
    // Small: a few threads, and a cleaner that fits the heap.
    properties.putAll(
        Map.of(
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "log.cleaner.dedupe.buffer.size", "8388608",
            "metadata.max.idle.interval.ms", "5000"));
    Path own = data.path().resolve("kafka.properties");
    if (Files.exists(own)) {
      try (var in = Files.newBufferedReader(own)) {
        properties.load(in);
      }
    }
    DataFolder.writePrivately(configuration, "");
    try (OutputStream out = Files.newOutputStream(configuration)) {
      properties.store(out, "Written at each start; see kafka.properties in the folder above.");
    }
  }

  /** Starts the broker's JVM and returns when the broker takes requests. */
  @Override
  public ServerProcess start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The launcher names a folder for archives of loaded classes, which halve the time to start.
    String archives = System.getProperty("armwise.archive.folder", "");
    if (!archives.isEmpty()) {
      command.addAll(
          List.of(
              "-XX:+AutoCreateSharedArchive",
              "-XX:SharedArchiveFile=" + Path.of(archives, "broker.jsa"),
              "-Xlog:disable",
              "-Xlog:all=error:stderr"));
    }
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms48m",
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=" + BrokerProcess.LOG_CONFIGURATION,
            "-Darmwise.log.folder=" + logs,
            "-classpath",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            configuration.toString()));
    ServerProcess process =
        ServerProcess.start(
            name(), record, logs.resolve("start.log"), command, Map.of("TZ", "UTC"));
    boolean ready = false;
    try {
      ready = BrokerProcess.READY.equals(process.standardOutput().readLine());
      if (!ready) {
        throw process.failedToStart(logs);
      }
      return process;
    } finally {
      if (!ready) {
        process.close();
      }
    }
  }
}
