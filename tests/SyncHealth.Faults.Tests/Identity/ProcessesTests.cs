using Dapper;
using SyncHealth.Faults.Tests.Support;
using SyncHealth.Testing;
using SyncHealth.Testing.Faults;
using SyncHealth.Testing.Oracle;
using SyncHealth.Testing.Processes;
using Xunit;

namespace SyncHealth.Faults.Tests.Identity;

/// <summary>B6 where it is hardest: the copies of a batch meet in different ingest processes, which share nothing but Postgres.</summary>
public sealed class ProcessesTests : IAsyncLifetime
{
    private const int Processes = 3;

    private readonly TemporaryFolder _secrets = new();
    private TestDatabase _database = null!;
    private IngestProcess[] _processes = [];

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var deviceKey = Path.Combine(_secrets.Path, "device.key");
        _processes = [.. Enumerable.Range(0, Processes).Select(_ => new IngestProcess(_database.ConnectionString, ("SYNCHEALTH__Storage__DeviceKeyFile", deviceKey)))];
        await Task.WhenAll(_processes.Select(process => process.StartAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        await _database.DisposeAsync();
        _secrets.Dispose();
    }

    [Fact]
    public async Task Post_CopiesWholeSplitAndShuffledToSeveralProcesses_EveryCountIsExact()
    {
        var goal = new Goal("B6");
        var ledger = new Ledger("oracle", TimeProvider.System.GetUtcNow());
        var resends = new Resends(ledger, FaultScale.Of(test: 200, faults: 4_000, deep: 60_000), FaultScale.Seed);
        var kinds = resends.All.CountBy(resend => resend.Kind).ToDictionary();

        var (accepted, duplicates) = await new ResendRun(_processes, ledger).SendAsync(resends.All);

        Assert.Equal(OracleVerdict.Sound, await OracleJudge.JudgeAsync(ledger, _database.DataSource));
        Assert.Equal((ledger.Issued, resends.Sent - ledger.Issued), (accepted, duplicates));
        Assert.Equal(await AttemptsByDeviceAsync("device_day_row"), ledger.Events.LongCount(e => e.IsAttempt));
        Assert.Equal(await AttemptsByDeviceAsync("device_release_row"), ledger.Events.LongCount(e => e.IsAttempt));
        Assert.All(Enum.GetValues<ResendKind>(), kind => Assert.InRange(kinds.GetValueOrDefault(kind), FaultCounters.Least, int.MaxValue));
        goal.Reached($"{resends.Sent} events in {resends.All.Count} requests to {Processes} processes ({string.Join(", ", kinds.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}): {accepted} kept, {duplicates} duplicates, every count exact");
    }

    private async Task<long> AttemptsByDeviceAsync(string view)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>($"select sum(attempts) from synchealth.{view}");
    }
}
