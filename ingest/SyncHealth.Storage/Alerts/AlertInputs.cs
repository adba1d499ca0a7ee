using Npgsql;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Storage.Alerts;

/// <summary>Reads what rules are evaluated on.</summary>
public sealed class AlertInputs(NpgsqlDataSource dataSource)
{
    private static readonly string CountAttempts = SqlFile.Beside<AlertInputs>("CountAttempts");
    private static readonly string CountDevices = SqlFile.Beside<AlertInputs>("CountDevices");
    private static readonly string CountPastDevices = SqlFile.Beside<AlertInputs>("CountPastDevices");
    private static readonly string CountErrors = SqlFile.Beside<AlertInputs>("CountErrors");
    private static readonly string CountAffectedDevices = SqlFile.Beside<AlertInputs>("CountAffectedDevices");
    private static readonly string Lateness = SqlFile.Beside<AlertInputs>("Lateness");
    private static readonly string LateWindows = SqlFile.Beside<AlertInputs>("LateWindows");
    private static readonly string IsIngestDown = SqlFile.Beside<AlertInputs>("IsIngestDown");
    private static readonly string HasArrivals = SqlFile.Beside<AlertInputs>("HasArrivals");
    private static readonly string ListApps = SqlFile.Beside<AlertInputs>("ListApps");

    private readonly DetectorReader _detectors = new(dataSource);

    /// <summary>Names of the apps a rule without <c>app</c> holds for.</summary>
    public async Task<IReadOnlyList<string>> ListAppsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ListApps);
        return await command.ReadAllAsync(row => row.GetString(0), cancellationToken);
    }

    /// <summary>Counts the attempts of a window by segment; segments without attempts are absent.</summary>
    public async Task<IReadOnlyList<AttemptCounts>> CountAttemptsAsync(AttemptQuestion question, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CountAttempts);
        AddQuestion(command, question);
        command.Parameters.AddWithValue("dimensions", question.By.ToArray());
        command.Parameters.AddWithValue("now", question.Now.ToUniversalTime());
        return await command.ReadAllAsync(ReadAttempts, cancellationToken);
    }

    /// <summary>Counts devices by segment; segments without devices are absent.</summary>
    public async Task<IReadOnlyList<DeviceCounts>> CountDevicesAsync(DeviceQuestion question, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CountDevices);
        command.Parameters.AddWithValue("app", question.App);
        command.Parameters.AddWithValue("since", question.Since.ToUniversalTime());
        command.Parameters.AddWithValue("dimensions", OnlineDevices.Dimensions(question.By, question.ExcludesOffline));
        command.Parameters.AddWithValue("filters", question.Filters.ToArray());
        command.Parameters.AddWithValue("depth_over", question.DepthOver);
        command.Parameters.AddWithValue("stale_before", question.StaleBefore.ToUniversalTime());
        command.Parameters.AddWithValue("silent_before", question.SilentBefore.ToUniversalTime());
        return CountOnline(question, await command.ReadAllAsync(
            row => new DeviceCounts(row.GetFieldValue<string[]>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)), cancellationToken));
    }

    /// <summary>What detectors say of the devices that reported in a window, as was known at its end, by segment; segments without a report are absent.</summary>
    public Task<IReadOnlyList<DetectionGroup>> CountDetectionsAsync(DetectorQuery query, CancellationToken cancellationToken) => _detectors.CountAsync(query, cancellationToken);

    /// <summary>Counts devices at the past moment <c>SilentBefore</c> is measured from, out of the five-minute snapshots: ages within 1 %, silence unknown (0).</summary>
    public async Task<IReadOnlyList<DeviceCounts>> CountPastDevicesAsync(
        DeviceQuestion question, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CountPastDevices);
        command.Parameters.AddWithValue("app", question.App);
        command.Parameters.AddWithValue("at", at.ToUniversalTime());
        command.Parameters.AddWithValue("now", now.ToUniversalTime());
        command.Parameters.AddWithValue("dimensions", OnlineDevices.Dimensions(question.By, question.ExcludesOffline));
        command.Parameters.AddWithValue("filters", question.Filters.ToArray());
        var staleAge = (at - question.StaleBefore).TotalSeconds;
        return CountOnline(question, await command.ReadAllAsync(
            row => new DeviceCounts(
                row.GetFieldValue<string[]>(0), row.GetInt64(1),
                Sketches.Left(row.GetFieldValue<byte[]>(2)).Buckets.Where(depth => depth.Bucket > question.DepthOver).Sum(depth => depth.Count),
                new FleetAges(row.GetFieldValue<byte[]>(3), agedBySeconds: 0).Ascending.Where(age => age.Value > staleAge).Sum(age => age.Count), 0),
            cancellationToken));
    }

    /// <summary>Counts the failed attempts of a window by kind and code of error; <c>By</c> of the question is of no matter.</summary>
    public async Task<IReadOnlyList<ErrorCount>> CountErrorsAsync(AttemptQuestion question, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CountErrors);
        AddQuestion(command, question);
        return await command.ReadAllAsync(row => new ErrorCount(row.GetString(0), row.GetString(1), row.GetInt64(2)), cancellationToken);
    }

    /// <summary>Counts the distinct devices with a bad attempt in a window; <c>By</c> of the question is of no matter.</summary>
    /// <param name="question">Which attempts.</param>
    /// <param name="bad">What makes one bad.</param>
    /// <param name="slowerThanMs">For <see cref="BadAttempt.Slow"/>: longer than this, in milliseconds.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<long> CountAffectedDevicesAsync(AttemptQuestion question, BadAttempt bad, double slowerThanMs, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(CountAffectedDevices);
        AddQuestion(command, question);
        command.Parameters.AddWithValue("bad", NameOf(bad));
        command.Parameters.AddWithValue("slower_than_ms", slowerThanMs);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>How long after its end nine tenths of a window of the app have arrived; zero before anything is learned.</summary>
    public async Task<TimeSpan> LatenessAsync(string app, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Lateness);
        command.Parameters.AddWithValue("app", app);
        return (TimeSpan)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Starts of the windows, at multiples of their length since 1970, into which events fell that arrived in [<paramref name="arrivedFrom"/>, <paramref name="arrivedTo"/>] after the window had ended.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> ListLateWindowsAsync(
        string app, TimeSpan window, DateTimeOffset arrivedFrom, DateTimeOffset arrivedTo, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(LateWindows);
        command.Parameters.AddWithValue("app", app);
        command.Parameters.AddWithValue("window", window);
        command.Parameters.AddWithValue("arrived_from", arrivedFrom.ToUniversalTime());
        command.Parameters.AddWithValue("arrived_to", arrivedTo.ToUniversalTime());
        return await command.ReadAllAsync(row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken);
    }

    /// <summary>Whether the alert that ingest is down is open.</summary>
    public async Task<bool> IsIngestDownAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(IsIngestDown);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Whether anything arrived in [<paramref name="from"/>, <paramref name="to"/>), of whatever app.</summary>
    public async Task<bool> HasArrivalsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(HasArrivals);
        command.Parameters.AddWithValue("from", from.ToUniversalTime());
        command.Parameters.AddWithValue("to", to.ToUniversalTime());
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static IReadOnlyList<DeviceCounts> CountOnline(DeviceQuestion question, IReadOnlyList<DeviceCounts> counts) => !question.ExcludesOffline
        ? counts
        : [.. counts.Where(count => OnlineDevices.Holds(question.By, count.Group)).GroupBy(count => OnlineDevices.KeyOf(question.By, count.Group), GroupOrder.Instance)
            .Select(group => new DeviceCounts(group.Key, group.Sum(count => count.Devices), group.Sum(count => count.Deep), group.Sum(count => count.Stale), group.Sum(count => count.Silent)))];

    private static void AddQuestion(NpgsqlCommand command, AttemptQuestion question)
    {
        command.Parameters.AddWithValue("app", question.App);
        command.Parameters.AddWithValue("from", question.From.ToUniversalTime());
        command.Parameters.AddWithValue("to", question.To.ToUniversalTime());
        command.Parameters.AddWithValue("clock", ClockOf(question.Clock));
        command.Parameters.AddWithValue("filters", question.Filters.ToArray());
        command.Parameters.AddWithValue("ignored", question.IgnoredErrors.ToArray());
    }

    private static AttemptCounts ReadAttempts(NpgsqlDataReader row)
    {
        var durations = new DurationSketch();
        durations.Merge(row.GetFieldValue<byte[]>(8));
        return new AttemptCounts(
            row.GetFieldValue<string[]>(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), durations);
    }

    private static string ClockOf(AttemptClock clock) => clock switch
    {
        AttemptClock.Late => "late",
        AttemptClock.Event => "event",
        _ => "arrival",
    };

    private static string NameOf(BadAttempt bad) => bad switch
    {
        BadAttempt.Failed => "failed",
        BadAttempt.NotFirstTry => "not_first_try",
        BadAttempt.Conflicted => "conflicted",
        _ => "slow",
    };
}
