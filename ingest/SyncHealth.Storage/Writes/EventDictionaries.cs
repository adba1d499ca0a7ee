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

    /// <summary>Fills the ids of all events of <paramref name="requests"/> into <paramref name="rows"/>, in the order of the requests.</summary>
    public async Task ResolveAsync(
        NpgsqlConnection connection, IReadOnlyList<WriteRequest> requests, GroupRow[] rows, CancellationToken cancellationToken)
    {
        // Again, because another connection may empty a full cache between learning and looking up.
        while (LookUp(requests, rows) is { IsEmpty: false } unknown)
        {
            var now = requests[0].Batch.ReceivedAt;
            await _segments.LearnAsync(connection, unknown.Segments, now, cancellationToken);
            await _profiles.LearnAsync(connection, unknown.Profiles, now, cancellationToken);
            await _errors.LearnAsync(connection, unknown.Errors, now, cancellationToken);
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
                if (index > 0 && source.Profile == events[index - 1].Profile)
                    row.ProfileId = rows[position - 1].ProfileId;
                else if (!_profiles.TryGet(request.Batch.Profiles[source.Profile], out row.ProfileId))
                    unknown.Profiles.Add(request.Batch.Profiles[source.Profile]);
                row.ErrorId = ErrorId(source, unknown);
            }
        }

        return unknown;
    }

    private int? ErrorId(in EventRow source, UnknownNames unknown)
    {
        if (source.ErrorKind == SyncErrorKind.None)
            return null;
        var key = new ErrorKey(Wire.ErrorKind.NameOf(source.ErrorKind), source.ErrorCode ?? "");
        if (_errors.TryGet(key, out var id))
            return id;
        unknown.Errors.Add(key);
        return null;
    }
}
