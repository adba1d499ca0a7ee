using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Loop;
using SyncHealth.SyncEngine.Outbox;
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

    /// <summary>Whose notes these are; several devices share an account. Required. Each account has a local database of its own: one of another account is not opened.</summary>
    public string Account { get; set; } = "";

    /// <summary>Stable id of this install: ASCII, at most 200 characters. Required; no two devices may share one.</summary>
    public string Device { get; set; } = "";

    /// <summary>The network. Default: none, then an own handler.</summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>What is known about the network right now. Default: unknown, taken for connected.</summary>
    public Func<NetworkState> Network { get; set; } = static () => default;

    /// <summary>What is known about the device's power right now. Default: unknown, which holds nothing up.</summary>
    public Func<PowerState> Power { get; set; } = static () => default;

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

    /// <summary>How soon the edits of an entity leave. Default: <see cref="OperationPriority.Medium"/> for an entity that is not named.</summary>
    public Dictionary<string, OperationPriority> Priorities { get; } = new(StringComparer.Ordinal);

    /// <summary>What has to hold for sending <see cref="OperationPriority.Low"/>. Default: a network that costs nothing. What waits is reported with its reason.</summary>
    public SyncConstraints BulkConstraints { get; set; } = SyncConstraints.Unmetered;

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

    /// <summary>Bytes from which the body of a request is sent as gzip. Default: 1,024. <see cref="int.MaxValue"/> sends all of them plain.</summary>
    public int CompressFrom { get; set; } = Gzip.LeastBytes;

    /// <summary>Failed requests in a row after which the server is left alone for a while. Default: 8, two cycles with their retries.</summary>
    public int BreakAfter { get; set; } = 8;

    /// <summary>Longest first time for which the server is left alone; doubles with each probe that fails. Default: 1 minute. Who asks for a sync, an urgent edit and a returning network probe at once.</summary>
    public TimeSpan FirstOpen { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Bound of that time. Default: 10 minutes.</summary>
    public TimeSpan LongestOpen { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Operations of one push. Default: 100: a lost answer repeats little, and one request stays small.</summary>
    public int PushLimit { get; set; } = 100;

    /// <summary>Low operations of one push. Default: 4: an edit that comes meanwhile waits for so many and no more.</summary>
    public int BulkLimit { get; set; } = 4;

    /// <summary>Notes of one page. Default: 500.</summary>
    public int PageLimit { get; set; } = 500;

    /// <summary>Age of the last complete sync from which data is called stale. Default: 30 minutes, two scheduled syncs.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Declares attachments: their records leave with the other edits, the chunks of their content as bulk. Content never changes, so whoever is later is as right.
    /// </summary>
    public EngineOptions UseAttachments()
    {
        foreach (var entity in new[] { EntityNames.Attachment, EntityNames.AttachmentChunk })
        {
            if (!Entities.Contains(entity))
                Entities.Add(entity);
            Conflicts[entity] = new LastWriteWins();
        }

        Priorities[EntityNames.AttachmentChunk] = OperationPriority.Low;
        return this;
    }

    /// <summary>How soon the edits of an entity leave.</summary>
    internal OperationPriority PriorityOf(string entity) => Priorities.TryGetValue(entity, out var priority) ? priority : OperationPriority.Medium;

    /// <exception cref="ArgumentException">A required value is missing or a limit is not positive; the message names it.</exception>
    internal void Validate()
    {
        Require(Store is not null || DatabasePath.Length > 0, nameof(DatabasePath), "is required");
        Require(Server is { IsAbsoluteUri: true }, nameof(Server), "must be an absolute address");
        Require(Account.Length > 0, nameof(Account), "is required");
        Require(Device.Length is > 0 and <= 200 && Device.All(char.IsAscii), nameof(Device), "must be 1 to 200 ASCII characters");
        Require(RequestTimeout > TimeSpan.Zero, nameof(RequestTimeout), "must be positive");
        Require(MaxRetries >= 0, nameof(MaxRetries), "must not be negative");
        Require(BreakAfter > 0, nameof(BreakAfter), "must be positive");
        Require(PushLimit > 0, nameof(PushLimit), "must be positive");
        Require(BulkLimit > 0, nameof(BulkLimit), "must be positive");
        Require(PageLimit > 0, nameof(PageLimit), "must be positive");
        Require(Entities.All(EntityNames.IsName), nameof(Entities), $"must be names of lower-case letters, digits and hyphens, at most {EntityNames.MaxLength} characters");
        Require(Priorities.Keys.All(EntityNames.IsName), nameof(Priorities), "must be of entities");
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
