using System.Text.Json;
using SyncHealth.Host.Terminal;
using SyncHealth.Storage.Diagnosis;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class DoctorTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 30, 15, TimeSpan.Zero);

    private static readonly InstallationReport Report = new(
        Now,
        18,
        new InstallationFacts
        {
            ServerVersion = "18.4",
            Fsync = "on",
            FullPageWrites = "on",
            SynchronousCommit = "on",
            Autovacuum = "on",
            DatabaseBytes = 3L << 30,
            UnfoldedCounts = 1_200,
            UnfoldedDevices = 34,
            OldestUnfoldedAt = DateTime.SpecifyKind(Now.UtcDateTime.AddSeconds(-15), DateTimeKind.Utc),
            OldestTransactionSeconds = 7,
            LastPartition = new DateTime(2026, 3, 7),
            Partitions = 34,
            DefaultRows = 5,
            LiveKeys = 2,
            PausedKeys = 1,
            ErasedDevices = 1_003,
            ErasedUsers = 1,
            LastErasureAt = new DateTime(2026, 3, 2),
        },
        [new LiveProcess("a/1", 2), new LiveProcess("b/2", 3)],
        [new TableSize("event", 34, 2L << 30, 1L << 29, (2L << 30) + (1L << 29), 9_000_000, 12), new TableSize("app", 1, 8_192, 16_384, 24_576, 1, 0), new TableSize("error", 1, 8_192, 16_384, 24_576, 3, 1)],
        []);

    [Fact]
    public void Render_HealthyInstallation_HasFiguresAndOneWord()
    {
        var lines = Lines(Report);
        Assert.Equal(
            [
                "Postgres 18.4, schema 18, 3.0 GiB in all",
                "Ingest: 2 processes (a/1, b/2)",
                "Fold: 1,200 counts and 34 device rows wait, the oldest for 15 s",
                "Partitions: 34 days, the last 2026-03-07; 5 events in the default partition",
                "Oldest transaction: 7 s",
                "Keys: 2 live, 1 paused",
                "Erased on request: devices 1,003, users 1; the last 2026-03-02",
            ],
            lines[..7]);
        Assert.Contains("event            34  9,000,000    12  2.0 GiB  512.0 MiB  2.5 GiB", lines);
        Assert.Contains("2 small ones      2          4     1   16 KiB     32 KiB   48 KiB", lines);
        Assert.Equal("Nothing to change.", lines[^1]);
    }

    [Fact]
    public void Render_Findings_AreOneLineEach()
    {
        var lines = Lines(Report with { Facts = null, Processes = [], Tables = [], Findings = [new Finding("schema_missing", "No schema.", "Run migrate."), new Finding("no_key", "No key.", "Create one.")] });
        Assert.Equal(["2 to change:", "  schema_missing: No schema. → Run migrate.", "  no_key: No key. → Create one."], lines);
    }

    private static string[] Lines(InstallationReport report) =>
        DoctorText.Render(JsonSerializer.SerializeToElement(report, JsonSerializerOptions.Web)).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
