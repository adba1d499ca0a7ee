using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Storage;
using SyncHealth.Storage.Retention;

namespace SyncHealth.Benchmarks.Alerting;

/// <summary>
/// Thirty days of two apps of 300 core segments each, made by SQL as the fold would have left them: hours and days of all of it; minutes and raw events of the last
/// hours, which is where the windows of rules lie. Through the writer the same takes a quarter of an hour.
/// </summary>
internal sealed class AlertingData(BenchmarkDatabase database, TextWriter output, DateTimeOffset now)
{
    private static readonly string[] Apps = ["notes", "tasks"];

    /// <summary>Raw events and minutes reach back this far: twice the widest window of a rule.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(12);

    /// <summary>Attempts of each app in that time: 208 a minute, so that segments of one system need their windows widened and those of all systems do too.</summary>
    private const long RecentAttempts = 150_000;

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var step in (string[])["FillNames", "FillEvents", "FillMinutes", "FillHours"])
            await ExecuteAsync(step, cancellationToken);
        var options = new StorageOptions { ConnectionString = database.ConnectionString, DeviceKeyFile = "unused" };
        await new MaintenanceLoop(database.DataSource, options, TimeProvider.System, NullLogger<MaintenanceLoop>.Instance).MaintainAsync(cancellationToken);
        await using var analyze = database.DataSource.CreateCommand("vacuum analyze");
        await analyze.ExecuteNonQueryAsync(cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"30 days of {Apps.Length} apps in rollups, {Apps.Length * RecentAttempts:N0} raw events in the last {Recent.TotalHours:N0} h, made in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} s"));
    }

    private async Task ExecuteAsync(string file, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(BenchmarkSql.Beside<AlertingData>(file));
        command.CommandTimeout = 0;
        foreach (var (name, value) in new (string, object)[] { ("apps", Apps), ("now", now.UtcDateTime), ("span", Recent), ("attempts", RecentAttempts) })
            if (command.CommandText.Contains("@" + name, StringComparison.Ordinal))
                command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
