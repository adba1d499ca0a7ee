using System.Runtime.InteropServices;
using Npgsql;
using SyncHealth.Contracts;

namespace SyncHealth.Storage.Writes;

/// <summary>Resolves the names in events to ids; shared by all connections of a writer.</summary>
internal sealed class EventDictionaries
{
    private readonly SegmentDictionary _segments = new();
    private readonly ProfileDictionary _profiles = new();
    private readonly ErrorDictionary _errors = new();
    private readonly ConflictDictionary _conflicts = new();
    private readonly PromotedTags _promoted = new();

    /// <summary>Fills the ids of all events of <paramref name="requests"/> into <paramref name="rows"/>, in the order of the requests.</summary>
    public async Task ResolveAsync(
        NpgsqlConnection connection, IReadOnlyList<WriteRequest> requests, GroupRow[] rows, CancellationToken cancellationToken)
    {
        if (await _promoted.HaveChangedAsync(connection, cancellationToken))
            _profiles.Forget();

        // Again, because another connection may empty a full cache between learning and looking up.
        while (LookUp(requests, rows) is { IsEmpty: false } unknown)
        {
            var now = requests[0].Batch.ReceivedAt;
            await _segments.LearnAsync(connection, unknown.Segments, now, cancellationToken);
            await _profiles.LearnAsync(connection, unknown.Profiles, now, cancellationToken);
            await _errors.LearnAsync(connection, unknown.Errors, now, cancellationToken);
            await _conflicts.LearnAsync(connection, unknown.Conflicts, now, cancellationToken);
        }
    }

    private UnknownNames LookUp(IReadOnlyList<WriteRequest> requests, GroupRow[] rows)
    {
        var unknown = new UnknownNames();
        var position = 0;
        foreach (var request in requests)
        {
            // Events of a batch mostly share a segment: comparing with the last one is cheaper than hashing eight strings.
            var events = CollectionsMarshal.AsSpan(request.Batch.Events);
            for (var index = 0; index < events.Length; index++, position++)
            {
                ref var row = ref rows[position];
                ref readonly var source = ref events[index];
                if (index > 0 && source.Segment == events[index - 1].Segment)
                    row.Segment = rows[position - 1].Segment;
                else if (!_segments.TryGet(source.Segment, out row.Segment))
                    unknown.Segments.Add(source.Segment);
                if (index > 0 && source.Profile == events[index - 1].Profile && source.Segment.App == events[index - 1].Segment.App)
                    row.Profile = rows[position - 1].Profile;
                else
                    row.Profile = ProfileIdsOf(new ProfileKey(source.Segment.App, request.Batch.Profiles[source.Profile]), unknown);
                row.ErrorId = ErrorId(source, unknown);
                row.ConflictIds = ConflictIds(source, unknown);
            }
        }

        return unknown;
    }

    private ProfileIds ProfileIdsOf(ProfileKey key, UnknownNames unknown)
    {
        if (!_profiles.TryGet(key, out var ids))
            unknown.Profiles.Add(key);
        return ids;
    }

    private int? ErrorId(in EventRow source, UnknownNames unknown)
    {
        if (source.ErrorKind == SyncErrorKind.None)
            return null;
        var key = new ErrorKey(source.Segment.App, Wire.ErrorKind.NameOf(source.ErrorKind), source.ErrorCode ?? "");
        if (_errors.TryGet(key, out var id))
            return id;
        unknown.Errors.Add(key);
        return null;
    }

    private int[]? ConflictIds(in EventRow source, UnknownNames unknown)
    {
        var entries = source.Conflicts ?? [];
        if (source.ConflictCount == 0 && entries.Length == 0)
            return null;
        var ids = new int[entries.Length + 1];
        for (var i = 0; i < entries.Length; i++)
            ids[i] = ConflictId(ConflictKey.Of(source.Segment.App, entries[i]), unknown);
        ids[^1] = ConflictId(ConflictKey.Unreported(source.Segment.App), unknown);
        return ids;
    }

    private int ConflictId(ConflictKey key, UnknownNames unknown)
    {
        if (!_conflicts.TryGet(key, out var id))
            unknown.Conflicts.Add(key);
        return id;
    }
}
