package io.armwise.service.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.armwise.service.event.LogPositions;
import io.armwise.service.platform.database.Database;
import io.armwise.service.rebuild.Rebuild;
import io.armwise.service.rebuild.RebuildException;
import io.armwise.service.rebuild.RebuildReport;
import io.armwise.service.testing.Await;
import io.armwise.service.testing.EventMaps;
import io.armwise.service.testing.ServiceUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log in files, and evidence that follows from them when the brokers have forgotten. */
class ArchiveIT {
  private static final ServiceUnderTest SERVICE = ServiceUnderTest.start(ArchiveIT.class);

  @TempDir private Path root = Path.of("");

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  @Test
  void keepsTheLogWhenTheBrokersHaveForgottenIt() throws Exception {
    EventMaps.start(
        SERVICE.client(),
        EventMaps.experiment("kept", "user", EventMaps.metric("kept", "continuous"), Map.of()));
    Archiver archiver = SERVICE.context().getBean(Archiver.class);
    List<Segment> added = new ArrayList<>();
    long sent = send(0, 300);
    assertThat(archiver.archive(root, 1, added::add)).isTrue();
    assertThat(added.stream().mapToLong(Segment::records).sum()).isEqualTo(sent);
    assertThat(archiver.state(root).behind()).isZero();

    // What is too little for a file waits; then the archive goes on where it ended.
    sent += send(300, 100);
    assertThat(archiver.archive(root, 1_000_000, added::add)).isTrue();
    assertThat(archiver.state(root).behind()).isEqualTo(101);
    assertThat(archiver.archive(root, 1, added::add)).isTrue();
    sent += send(400, 50);
    awaitRead(sent);

    // The files hold the first 402 of 453, the brokers the rest and, so far, everything.
    RebuildReport fromBrokers = rebuild(null);
    assertThat(fromBrokers.isEqual()).as("%s", fromBrokers).isTrue();
    deleteFromBrokers();
    assertThatExceptionOfType(RebuildException.class).isThrownBy(() -> rebuild(null));
    RebuildReport fromArchive = rebuild(root);
    assertThat(fromArchive.isEqual()).as("%s", fromArchive).isTrue();
    assertThat(fromArchive.events()).isEqualTo(fromBrokers.events()).isEqualTo(sent);

    noticesDamage(added.getFirst());
    refusesToGoOnBehindAGap(archiver);
  }

  private void noticesDamage(Segment segment) throws IOException {
    Path file = root.resolve(SERVICE.topic()).resolve(segment.file());
    byte[] bytes = Files.readAllBytes(file);
    byte[] damaged = bytes.clone();
    damaged[bytes.length / 2] ^= 1;
    Files.write(file, damaged);
    assertThatExceptionOfType(ArchiveException.class).isThrownBy(() -> rebuild(root));
    Files.write(file, bytes);
    assertThat(rebuild(root).isEqual()).isTrue();
    Path manifest = root.resolve(SERVICE.topic()).resolve("manifest.json");
    String named = Files.readString(manifest);
    Files.writeString(manifest, named.replaceFirst("\"sha256\":\"..", "\"sha256\":\"zz"));
    assertThatExceptionOfType(ArchiveException.class)
        .isThrownBy(() -> rebuild(root))
        .withMessageContaining("SHA-256");
    Files.writeString(manifest, named);
  }

  /** Brokers that have deleted what no file holds: this must not pass for an archive. */
  private void refusesToGoOnBehindAGap(Archiver archiver) {
    Path other = root.resolve("other");
    assertThat(archiver.archive(other, 1, _ -> {})).isTrue();
    assertThatExceptionOfType(RebuildException.class)
        .isThrownBy(() -> rebuild(other))
        .withMessageContaining("begins at offset");
  }

  private static RebuildReport rebuild(@Nullable Path archive) {
    return SERVICE
        .context()
        .getBean(Rebuild.class)
        .run(new Rebuild.Request(null, 1_000, archive, null), Rebuild.QUIET);
  }

  /** All that the archive holds is deleted from the brokers. */
  private void deleteFromBrokers() throws ExecutionException, InterruptedException {
    Map<TopicPartition, RecordsToDelete> archived = new HashMap<>();
    new ArchiveFolder(root, SERVICE.topic())
        .ends()
        .forEach(
            (partition, end) ->
                archived.put(
                    new TopicPartition(SERVICE.topic(), partition),
                    RecordsToDelete.beforeOffset(end)));
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", SERVICE.place().bootstrapServers()))) {
      admin.deleteRecords(archived).all().get();
    }
  }

  private static void awaitRead(long sent) {
    LogPositions positions = SERVICE.context().getBean(LogPositions.class);
    Database database = SERVICE.context().getBean(Database.class);
    Await.until(
        () -> positions.read(database.dsl()).values().stream().mapToLong(Long::longValue).sum(),
        read -> read == sent);
  }

  /** In structured and binary mode, and one that is no event, without key or value. */
  private static long send(int from, int count) throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", SERVICE.place().bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < from + count; i++) {
        String unit = "unit " + i / 2;
        String data =
            i % 2 == 0
                ? "{\"unit\": \"%s\", \"experiment\": \"kept\", \"arm\": \"a\"}".formatted(unit)
                : "{\"unit\": \"%s\", \"metric\": \"kept\", \"value\": 1.25}".formatted(unit);
        String type = "io.armwise.%s.v1".formatted(i % 2 == 0 ? "exposure" : "outcome");
        ProducerRecord<byte[], byte[]> record =
            i % 3 == 0
                ? new ProducerRecord<>(SERVICE.topic(), bytes(unit), bytes(data))
                : new ProducerRecord<>(
                    SERVICE.topic(),
                    bytes(unit),
                    bytes(
                        """
                        {"specversion": "1.0", "type": "%s", "source": "t", "id": "%d", "data": %s}
                        """
                            .formatted(type, i, data)));
        if (i % 3 == 0) {
          record.headers().add("ce_specversion", bytes("1.0")).add("ce_type", bytes(type));
          record.headers().add("ce_source", bytes("t")).add("ce_id", bytes("" + i));
          record.headers().add("trace", null);
        }
        acknowledged.add(producer.send(record));
      }
      acknowledged.add(producer.send(new ProducerRecord<>(SERVICE.topic(), null)));
      for (Future<RecordMetadata> each : acknowledged) {
        each.get();
      }
    }
    return acknowledged.size();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
