package broken.storage;

import com.cronutils.model.CronType;
import com.github.luben.zstd.Zstd;
import com.google.inject.Injector;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.model.snapshots.Labels;
import jakarta.mail.Session;
import java.sql.Connection;
import me.tongfei.progressbar.ProgressBar;
import net.schmizz.sshj.SSHClient;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.postgresql.PGConnection;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;
import software.amazon.awssdk.regions.Region;

/** A storage package that uses what belongs to others. */
record EveryVendor(
    Injector guice,
    Connection jdbc,
    PGConnection pgjdbc,
    ProgressBar bar,
    TarArchiveEntry tar,
    LoadSettings yaml,
    CommandLine line,
    SSHClient ssh,
    Region aws,
    CronType cron,
    Session mail,
    SMTPTransport angus,
    Labels prometheus,
    HttpServer server) {

  int level() {
    return Zstd.defaultCompressionLevel();
  }
}
