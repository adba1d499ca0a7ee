using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SyncHealth.Storage.Alerts;
using SyncHealth.Storage.Diagnosis;
using SyncHealth.Storage.Erasure;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Processes;
using SyncHealth.Storage.Retention;
using SyncHealth.Storage.Tests.Writes;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Diagnosis;

public sealed class InstallationReaderTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(Some.Now);
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Read_EmptyInstallation_NamesWhatIsMissing()
    {
        var report = await ReadAsync();
        Assert.Equal(["no_process", "no_partition_ahead", "no_key"], Codes(report));
    }

    [Fact]
    public async Task Read_WorkingInstallation_HasFiguresAndFindsNothing()
    {
        await new ProcessRegistry(_database.DataSource, NullLogger<ProcessRegistry>.Instance).BeatAsync(CancellationToken.None);
        await new MaintenanceLoop(_database.DataSource, new StorageOptions(), _clock, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(CancellationToken.None);
        await new KeyStore(_database.DataSource, _clock, _clock).CreateAsync("notes", "label", [], CancellationToken.None);
        await using var writer = new BatchWriter(_database.DataSource, new StorageOptions(), NullLogger<BatchWriter>.Instance);
        await writer.WriteAsync(Some.Batch(Some.Event(id: 1), Some.Event(id: 2) with { DeviceAt = DateTimeOffset.UnixEpoch }), CancellationToken.None);

        var report = await ReadAsync();

        Assert.Empty(Codes(report));
        Assert.Equal((Some.Now.AddSeconds(-15).UtcDateTime, 4L, 1L, 1L), (report.Facts!.OldestUnfoldedAt, report.Facts.Partitions, report.Facts.DefaultRows, report.Facts.LiveKeys));
        Assert.InRange(report.Facts.UnfoldedCounts, 1, 2);
        var events = Assert.Single(report.Tables, table => table.Name == "event");
        Assert.Equal(4, events.Parts);
        Assert.Equal(1, Assert.Single(report.Tables, table => table.Name == "event_default").Parts);
        Assert.All(report.Tables, table => Assert.Equal(table.TableBytes + table.IndexBytes, table.TotalBytes));
        Assert.Equal(report.Tables.OrderByDescending(table => table.TotalBytes).Select(table => table.Name), report.Tables.Select(table => table.Name));
    }

    [Fact]
    public async Task Read_Erasures_AreCountedAndNotNamed()
    {
        var erasures = new Erasures(_database.DataSource, _clock);
        await erasures.EraseDeviceAsync("notes", 1, CancellationToken.None);
        await erasures.EraseUserAsync("notes", 2, CancellationToken.None);
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("insert into synchealth.erased_key (kind, key, asked_at) values ('device', 3, @before), ('device', 4, @now)", new { before = Some.Now.AddHours(-2), now = Some.Now });

        var facts = (await ReadAsync()).Facts!;

        Assert.Equal((3L, 1L, 1L, Some.Now.UtcDateTime), (facts.ErasedDevices, facts.ErasedUsers, facts.UnfinishedErasures, facts.LastErasureAt));
    }

    [Fact]
    public async Task Read_TransactionThatHoldsASnapshot_IsSeenWithItsProcess()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var pid = await connection.ExecuteScalarAsync<int>("select pg_backend_pid()", transaction: transaction);

        Assert.Equal(pid, (await ReadAsync()).Facts!.OldestTransactionProcess);
    }

    [Fact]
    public async Task Read_AnotherSecret_IsFound()
    {
        await using (var claim = _database.DataSource.CreateCommand("insert into synchealth.installation (device_key_fingerprint) values ('aa')"))
            await claim.ExecuteNonQueryAsync();
        Assert.Contains("device_key_mismatch", Codes(await ReadAsync("bb")));
        Assert.DoesNotContain("device_key_mismatch", Codes(await ReadAsync("aa")));
    }

    [Theory]
    [InlineData("delete from synchealth.migration where number = 2", "schema_outdated")]
    [InlineData("insert into synchealth.migration (number, name, checksum, applied_at) values (9999, 'later', '', now())", "schema_newer")]
    [InlineData("drop table synchealth.migration", "schema_missing")]
    public async Task Read_OfAnotherSchema_SaysOnlyThat(string change, string code)
    {
        await using (var command = _database.DataSource.CreateCommand(change))
            await command.ExecuteNonQueryAsync();
        var report = await ReadAsync();
        Assert.Equal([code], Codes(report));
        Assert.Null(report.Facts);
    }

    [Fact]
    public async Task Read_DatabaseAway_Throws()
    {
        await using var outage = await Outage.StartAsync(_database);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ReadAsync());
    }

    private Task<InstallationReport> ReadAsync(string? fingerprint = null) =>
        new InstallationReader(_database.DataSource, new AlertReader(_database.DataSource), _clock).ReadAsync(fingerprint, CancellationToken.None);

    /// <summary>The test server runs without fsync, which is right to be found; everything else is this test's own.</summary>
    private static IEnumerable<string> Codes(InstallationReport report) =>
        report.Findings.Select(finding => finding.Code).Where(code => code is not ("fsync_off" or "full_page_writes_off" or "synchronous_commit_off"));
}
