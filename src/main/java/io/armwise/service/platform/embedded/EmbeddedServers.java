package io.armwise.service.platform.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A running PostgreSQL and a running Kafka, started side by side. Both stop when this process ends,
 * however it ends, and are started again when they die before it.
 *
 * <p>Safe for use by several threads.
 */
public final class EmbeddedServers implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final Supervisor postgresSupervisor;
  private final Supervisor kafkaSupervisor;

  private EmbeddedServers(
      EmbeddedPostgres postgres,
      Supervisor postgresSupervisor,
      EmbeddedKafka kafka,
      Supervisor kafkaSupervisor) {
    this.postgres = postgres;
    this.postgresSupervisor = postgresSupervisor;
    this.kafka = kafka;
    this.kafkaSupervisor = kafkaSupervisor;
  }

  private record Running<S extends EmbeddedServer>(S server, Supervisor supervisor) {
    static <S extends EmbeddedServer> Running<S> of(S server) throws IOException {
      return new Running<>(server, Supervisor.start(server));
    }
  }

  /**
   * Starts both servers and returns when both serve.
   *
   * @param data the folder with their data, held open by the caller until after {@link #close}
   * @param progress told in a few words what is being done; called from several threads
   * @throws EmbeddedServerException if one does not start; the other is stopped again
   */
  public static EmbeddedServers start(DataFolder data, Consumer<String> progress) {
    FutureTask<Running<EmbeddedKafka>> kafka =
        inBackground(() -> Running.of(EmbeddedKafka.prepare(data, progress)));
    FutureTask<Running<EmbeddedPostgres>> postgres =
        inBackground(
            () -> Running.of(EmbeddedPostgres.prepare(data, Privileges.ofThisProcess(), progress)));
    Running<EmbeddedPostgres> runningPostgres;
    try {
      runningPostgres = result(postgres);
    } catch (RuntimeException e) {
      stopOther(kafka, e);
      throw e;
    }
    Running<EmbeddedKafka> runningKafka;
    try {
      runningKafka = result(kafka);
    } catch (RuntimeException e) {
      runningPostgres.supervisor.close();
      throw e;
    }
    return new EmbeddedServers(
        runningPostgres.server,
        runningPostgres.supervisor,
        runningKafka.server,
        runningKafka.supervisor);
  }

  private static <T> FutureTask<T> inBackground(Callable<T> start) {
    FutureTask<T> task = new FutureTask<>(start);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static <T> T result(FutureTask<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("The start of the embedded servers was interrupted.", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case IOException failure -> throw new UncheckedIOException(failure);
        case null, default ->
            throw new EmbeddedServerException("An embedded server did not start: " + e, e);
      }
    }
  }

  private static void stopOther(FutureTask<Running<EmbeddedKafka>> other, RuntimeException reason) {
    try {
      result(other).supervisor.close();
    } catch (CancellationException | EmbeddedServerException | UncheckedIOException e) {
      reason.addSuppressed(e);
    }
  }

  /** The address of the service's own database. */
  public String jdbcUrl() {
    return postgres.jdbcUrl();
  }

  /** The role that owns the database; no superuser. */
  public String user() {
    return EmbeddedPostgres.USER;
  }

  /** The random password of {@link #user}. */
  public String password() {
    return postgres.password();
  }

  /** The broker's address, {@code host:port}. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Stops both in good order, side by side. */
  @Override
  public void close() {
    Thread stopping = Thread.ofVirtual().start(kafkaSupervisor::close);
    postgresSupervisor.close();
    try {
      stopping.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
