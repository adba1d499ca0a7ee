using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using SyncHealth.Contracts;
using SyncHealth.Ingest.Health;
using SyncHealth.Ingest.Intake;
using SyncHealth.Storage.Keys;
using SyncHealth.Storage.Processes;
using SyncHealth.Storage.Writes;

namespace SyncHealth.Ingest.Limits;

/// <summary>
/// What keys and apps may send: a bucket per key and one per app, which all keys of the app share. Each process has its own buckets
/// and gives out its part, the limit divided by the processes that live.
/// </summary>
internal sealed class EventBudget(IngestOptions options, IKeyFinder limits, ProcessRegistry processes, IngestMetrics metrics)
{
    public const string KeyLimit = "key";
    public const string AppLimit = "app";

    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly ConcurrentDictionary<string, TokenBucket> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TokenBucket> _apps = new(StringComparer.Ordinal);

    /// <summary>Whether it is worth reading the body: a sender who is over its limit costs no more than its headers.</summary>
    public Refusal? Ask(IngestKey key)
    {
        if (KeyRate(key) is { } rate && Of(_keys, key.Id).Ask(Share(rate)) is { } wait)
            return Refuse(KeyLimit, key.Id, rate, wait);
        return key.AppName is { } app && AppRate(app, isKeysOwn: true) is { } appRate && Of(_apps, app).Ask(Share(appRate)) is { } appWait
            ? Refuse(AppLimit, app, appRate, appWait)
            : null;
    }

    /// <summary>Takes a batch's events from its key's bucket and its apps', or from none.</summary>
    public Refusal? Take(IngestKey key, EventBatch batch)
    {
        var events = batch.Events.Count;
        if (KeyRate(key) is not { } rate)
            return TakeOfApps(key, batch);
        var bucket = Of(_keys, key.Id);
        if (bucket.Take(events, Share(rate)) is { } wait)
            return Refuse(KeyLimit, key.Id, rate, wait);
        var refusal = TakeOfApps(key, batch);
        if (refusal is not null)
            bucket.Return(events);
        return refusal;
    }

    /// <summary>Takes lines of a server's log from its key's bucket and its app's, or from none: they cost what events cost.</summary>
    public Refusal? Take(IngestKey key, string app, int lines)
    {
        var rate = KeyRate(key);
        if (rate is { } limit && Of(_keys, key.Id).Take(lines, Share(limit)) is { } wait)
            return Refuse(KeyLimit, key.Id, limit, wait);
        var refusal = TakeOfApp(app, isKeysOwn: key.AppName is not null, lines);
        if (refusal is not null && rate is not null)
            Of(_keys, key.Id).Return(lines);
        return refusal;
    }

    private static TokenBucket Of(ConcurrentDictionary<string, TokenBucket> buckets, string name) =>
        buckets.GetOrAdd(name, static _ => new TokenBucket(Clock));

    private Refusal? TakeOfApps(IngestKey key, EventBatch batch)
    {
        if (key.AppName is { } own)
            return TakeOfApp(own, isKeysOwn: true, batch.Events.Count);
        var taken = new List<(string App, int Events)>();
        foreach (var (app, events) in CountByApp(batch))
        {
            if (TakeOfApp(app, isKeysOwn: false, events) is { } refusal)
            {
                foreach (var (other, given) in taken)
                    Of(_apps, other).Return(given);
                return refusal;
            }

            if (AppRate(app, isKeysOwn: false) is not null)
                taken.Add((app, events));
        }

        return null;
    }

    private Refusal? TakeOfApp(string app, bool isKeysOwn, int events) =>
        AppRate(app, isKeysOwn) is { } rate && Of(_apps, app).Take(events, Share(rate)) is { } wait
            ? Refuse(AppLimit, app, rate, wait)
            : null;

    private static Dictionary<string, int> CountByApp(EventBatch batch)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(batch.Events))
            CollectionsMarshal.GetValueRefOrAddDefault(counts, row.Segment.App, out _)++;
        return counts;
    }

    private int? KeyRate(IngestKey key) => key.EventsPerSecond ?? options.EventsPerSecondPerKey;

    /// <summary>A key for any app could name apps without end: only those that somebody set up have a bucket then.</summary>
    private int? AppRate(string app, bool isKeysOwn) =>
        limits.LimitsOf(app)?.EventsPerSecond ?? (isKeysOwn ? options.EventsPerSecondPerApp : null);

    private double Share(int rate) => (double)rate / processes.Live;

    private Refusal Refuse(string limit, string name, int rate, TimeSpan wait)
    {
        metrics.Limited[limit].Add();
        return new Refusal(429, ReasonCodes.RateLimited, string.Create(CultureInfo.InvariantCulture, $"The limit of {limit} {name}, {rate} events a second, is used up."), wait);
    }
}
