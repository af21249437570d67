package io.armwise.service.event;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/** The log's topic, and how to reach the brokers. Configured under {@code armwise.kafka}. */
@ConfigurationProperties("armwise.kafka")
public final class EventTopic {
  private String bootstrapServers = "localhost:9092";
  private String topic = "armwise.events";
  private int partitions = 48;
  private short replicationFactor = -1;
  private String group = "armwise";
  private @Nullable String clientConfiguration;

  /** Addresses of the brokers. */
  public String getBootstrapServers() {
    return bootstrapServers;
  }

  void setBootstrapServers(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Name of the topic. */
  public String getTopic() {
    return topic;
  }

  void setTopic(String topic) {
    this.topic = topic;
  }

  /** Partitions of the topic when the service has to create it. */
  public int getPartitions() {
    return partitions;
  }

  void setPartitions(int partitions) {
    this.partitions = partitions;
  }

  /** Replicas of the topic when the service has to create it; -1 for the brokers' default. */
  public short getReplicationFactor() {
    return replicationFactor;
  }

  void setReplicationFactor(short replicationFactor) {
    this.replicationFactor = replicationFactor;
  }

  /** The consumer group of the aggregators. */
  public String getGroup() {
    return group;
  }

  void setGroup(String group) {
    this.group = group;
  }

  /** A properties file with further client settings, such as those of TLS and SASL. */
  public @Nullable String getClientConfiguration() {
    return clientConfiguration;
  }

  void setClientConfiguration(@Nullable String clientConfiguration) {
    this.clientConfiguration = clientConfiguration;
  }
}
