using Npgsql;
using SyncHealth.Storage.Alerts;

namespace SyncHealth.Storage.Releases;

/// <summary>New releases, and who still has to be told of them. Several processes may look and send: each release is noted once.</summary>
public sealed class ReleaseNotices(NpgsqlDataSource dataSource)
{
    private static readonly string NoteReleases = SqlFile.Beside<ReleaseNotices>("NoteReleases");
    private static readonly string ListNewReleases = SqlFile.Beside<ReleaseNotices>("ListNewReleases");
    private static readonly string LeaseNotice = SqlFile.Beside<ReleaseNotices>("LeaseNotice");
    private static readonly string RecordNotice = SqlFile.Beside<ReleaseNotices>("RecordNotice");

    /// <summary>Notes releases that enough devices run by now, and queues a notice for each receiver.</summary>
    /// <param name="devices">How many are enough.</param>
    /// <param name="receivers">Whom to tell.</param>
    /// <param name="now">Shared clock.</param>
    /// <param name="newSince">Shared clock: a release that was in traffic before is no news.</param>
    /// <param name="wallNow">Wall clock.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task NoteAsync(
        int devices, IReadOnlyCollection<string> receivers, DateTimeOffset now, DateTimeOffset newSince, DateTimeOffset wallNow, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(NoteReleases);
        command.Parameters.AddWithValue("devices", devices);
        command.Parameters.AddWithValue("receivers", receivers.ToArray());
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        command.Parameters.AddWithValue("new_since", newSince.ToUniversalTime());
        command.Parameters.AddWithValue("wall_now", wallNow.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Releases of an app that came into traffic in [<paramref name="from"/>, <paramref name="to"/>) of the shared clock, by name.</summary>
    public async Task<IReadOnlyList<string>> ListNewAsync(string app, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListNewReleases);
        command.Parameters.AddWithValue("app", app);
        command.Parameters.AddWithValue("from", from.ToUniversalTime());
        command.Parameters.AddWithValue("to", to.ToUniversalTime());
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken);
    }

    /// <summary>Leases the next notice of a receiver, or null when none is due.</summary>
    public async Task<LeasedReleaseNotice?> LeaseAsync(string receiver, DateTimeOffset wallNow, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LeaseNotice);
        command.Parameters.AddWithValue("receiver", receiver);
        command.Parameters.AddWithValue("wall_now", wallNow.ToUniversalTime());
        command.Parameters.AddWithValue("leased_until", (wallNow + lease).ToUniversalTime());
        return (await command.ReadAllAsync(
            row => new LeasedReleaseNotice(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt32(4),
                row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6)),
            cancellationToken)).SingleOrDefault();
    }

    /// <summary>Records how an attempt ended: <c>delivered</c>, <c>refused</c>, <c>expired</c>, or <c>waiting</c> for another; false when the lease was lost.</summary>
    public async Task<bool> RecordAsync(LeasedReleaseNotice leased, string status, string detail, DateTimeOffset nextAttemptAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leased);
        await using var command = dataSource.CreateCommand(RecordNotice);
        command.Parameters.AddWithValue("app", leased.App);
        command.Parameters.AddWithValue("version", leased.Version);
        command.Parameters.AddWithValue("receiver", leased.Receiver);
        command.Parameters.AddWithValue("fence", leased.Fence);
        command.Parameters.AddWithValue("status", status);
        command.Parameters.AddWithValue("detail", detail);
        command.Parameters.AddWithValue("next_attempt_at", nextAttemptAt.ToUniversalTime());
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }
}
