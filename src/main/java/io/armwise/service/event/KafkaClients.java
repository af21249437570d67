package io.armwise.service.event;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients with the settings that our guarantees rest on. Thread-safe. */
@Singleton
public final class KafkaClients {
  private final EventTopic topic;

  KafkaClients(EventTopic topic) {
    this.topic = topic;
  }

  /**
   * A producer whose acknowledgement means that all replicas have the record, and which fails at
   * once rather than waits when the brokers are away or its buffer is full: decisions log their
   * exposures from the event loop.
   */
  Producer<byte[], byte[]> producer() {
    Properties settings = common();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
    // What is known of the topic is kept however long no event comes, since nobody waits for it.
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(3_650).toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A consumer in the aggregators' group; its offsets live in the database.
   *
   * @param maxPollRecords the most that it hands over at once
   */
  public Consumer<byte[], byte[]> consumer(int maxPollRecords) {
    Properties settings = common();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, topic.getGroup());
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
    // Few large batches where a worker keeps up, which cost all parts half as much as many small
    // ones do; an event waits this long at most.
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A consumer outside any group, for reading what has been read before. */
  public Consumer<byte[], byte[]> replayingConsumer() {
    Properties settings = common();
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** An administrator. */
  public Admin admin() {
    Properties settings = common();
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    return Admin.create(settings);
  }

  /** Creates the topic if it is missing. Its records carry the broker's time. */
  public void ensureTopic() {
    NewTopic wanted =
        new NewTopic(
                topic.getTopic(),
                Optional.of(topic.getPartitions()),
                Optional.of(topic.getReplicationFactor()).filter(factor -> factor > 0))
            .configs(
                Map.of(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime",
                    // The log is what everything can be rebuilt from; it is kept until archived.
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1"));
    try (Admin admin = admin()) {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("topic " + topic.getTopic() + " cannot be created", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the topic was created", e);
    }
  }

  private Properties common() {
    Properties settings = new Properties();
    String file = topic.getClientConfiguration();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
        settings.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("armwise.kafka.client-configuration " + file, e);
      }
    }
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, topic.getBootstrapServers());
    return settings;
  }
}
