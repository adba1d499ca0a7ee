using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Protocol;
using SyncHealth.SyncEngine.Store;
using SyncHealth.SyncEngine.Store.Sqlite;
using SyncHealth.SyncEngine.Triggers;

namespace SyncHealth.SyncEngine;

/// <summary>How one device syncs its notes.</summary>
public sealed class EngineOptions
{
    /// <summary>Path of the local SQLite database; created when missing. Required unless there is a <see cref="Store"/>.</summary>
    public string DatabasePath { get; set; } = "";

    /// <summary>Where the device keeps its data. Default: none, then an own <see cref="SqliteStore"/> at <see cref="DatabasePath"/>. A given one stays open.</summary>
    public ILocalStore? Store { get; set; }

    /// <summary>Address of the notes API, for example <c>https://host/notes</c>. Required; absolute.</summary>
    public Uri? Server { get; set; }

    /// <summary>Whose notes these are; several devices share an account. Required.</summary>
    public string Account { get; set; } = "";

    /// <summary>Stable id of this install: ASCII, at most 200 characters. Required; no two devices may share one.</summary>
    public string Device { get; set; } = "";

    /// <summary>The network. Default: none, then an own handler.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>What is known about the network right now. Default: unknown, taken for connected.</summary>
    public Func<NetworkState> Network { get; set; } = static () => default;

    /// <summary>The clock of stamps, triggers and staleness. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>How a cycle waits and bounds its requests. Default: none, then on <see cref="TimeProvider"/>.</summary>
    public ICycleClock? CycleClock { get; set; }

    /// <summary>Seed of ids and jitter. Required to differ between devices; the same seed repeats the same run.</summary>
    public int RandomSeed { get; set; }

    /// <summary>The entities that the app edits. Default: notes only.</summary>
    public IList<string> Entities { get; } = [EntityNames.Note];

    /// <summary>Who settles conflicts of each entity. Required for every entity: an engine with one that has no strategy does not start.</summary>
    public EntityStrategies Conflicts { get; } = new();

    /// <summary>How to ask for what is new. Default: by the server's token. A change takes effect with a full sync, which keeps unsent edits.</summary>
    public DeltaStrategy Delta { get; set; } = DeltaStrategy.Token;

    /// <summary>When to sync. Default: as in <see cref="TriggerOptions"/>.</summary>
    public TriggerOptions Triggers { get; set; } = new();

    /// <summary>Time limit of one request. Default: 15 s: longer than a slow mobile network needs for a page, shorter than a user's patience.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Retries of one request inside a cycle. Default: 3.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Bound of the first wait before a retry; doubles with each. Default: 1 s.</summary>
    public TimeSpan FirstRetryWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Bound of the longest wait before a retry. Default: 30 s.</summary>
    public TimeSpan LongestRetryWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Operations of one push. Default: 100: a lost answer repeats little, and one request stays small.</summary>
    public int PushLimit { get; set; } = 100;

    /// <summary>Notes of one page. Default: 500.</summary>
    public int PageLimit { get; set; } = 500;

    /// <summary>Age of the last complete sync from which data is called stale. Default: 30 minutes, two scheduled syncs.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <exception cref="ArgumentException">A required value is missing or a limit is not positive; the message names it.</exception>
    internal void Validate()
    {
        Require(Store is not null || DatabasePath.Length > 0, nameof(DatabasePath), "is required");
        Require(Server is { IsAbsoluteUri: true }, nameof(Server), "must be an absolute address");
        Require(Account.Length > 0, nameof(Account), "is required");
        Require(Device.Length is > 0 and <= 200 && Device.All(char.IsAscii), nameof(Device), "must be 1 to 200 ASCII characters");
        Require(RequestTimeout > TimeSpan.Zero, nameof(RequestTimeout), "must be positive");
        Require(MaxRetries >= 0, nameof(MaxRetries), "must not be negative");
        Require(PushLimit > 0, nameof(PushLimit), "must be positive");
        Require(PageLimit > 0, nameof(PageLimit), "must be positive");
        Require(Entities.All(EntityNames.IsName), nameof(Entities), $"must be names of lower-case letters, digits and hyphens, at most {EntityNames.MaxLength} characters");
        RequireStrategies([]);
    }

    /// <summary>Whether every entity that is edited here, or has edits waiting from before, has a strategy.</summary>
    /// <exception cref="ArgumentException">Some have none; the message lists them.</exception>
    internal void RequireStrategies(IEnumerable<string> waiting)
    {
        var missing = Conflicts.MissingOf(Entities.Concat(waiting));
        Require(missing.Count == 0, nameof(Conflicts), $"declares no conflict strategy for: {string.Join(", ", missing)}");
    }

    private static void Require(bool holds, string name, string demand)
    {
        if (!holds)
            throw new ArgumentException($"{nameof(EngineOptions)}.{name} {demand}.");
    }
}
