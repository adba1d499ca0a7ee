using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Store;

/// <summary>
/// The records of every entity by their id, with the version that the server last named. A full sync is mark and sweep: what the server names is marked
/// as seen in the present full sync (<see cref="SyncState.Generation"/>); what was not, goes at its end.
/// </summary>
public interface IRecordCollection
{
    /// <summary>One record, deleted ones included; null when there is none. It is pending while anything of it stands in the outbox.</summary>
    Note? Find(string id);

    /// <summary>Records of an entity (<see cref="RecordId.EntityOf"/>) that are not deleted: the one edited last first, those of one moment by id, ordinal.</summary>
    /// <param name="entity">Their entity.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="offset">So many are passed over.</param>
    IReadOnlyList<Note> List(string entity, int limit, int offset);

    /// <summary>How many records of an entity are not deleted.</summary>
    int Count(string entity);

    /// <summary>
    /// The server's version of every record that the server knows; while a full sync runs, of those seen in it. Of a record whose conflict waits it is
    /// the version of the other side.
    /// </summary>
    IReadOnlyDictionary<string, long> KnownVersions();

    /// <summary>Stores an edit made here, of a new record or a known one: version and mark stay.</summary>
    void Edit(string id, Revision content);

    /// <summary>Stores what the server has, which is not deleted, and marks the record as seen.</summary>
    void Take(string id, Revision content, long version);

    /// <summary>As <see cref="Take"/>, where there is no such record; false when there is one, also a deleted one, and nothing happens.</summary>
    bool TakeNew(string id, Revision content, long version);

    /// <summary>Keeps the content and marks the record as seen at a version of the server. Nothing happens when there is no such record.</summary>
    /// <param name="id">The record.</param>
    /// <param name="version">The server's version.</param>
    /// <param name="editedAt">Takes the place of the stamp's milliseconds; null leaves it.</param>
    void MarkSeen(string id, long version, long? editedAt = null);

    /// <summary>Removes a record for good; not its origin.</summary>
    void Remove(string id);

    /// <summary>Ends a full sync: removes what the server knew and has not named in it, unless something of it stands in the outbox. Returns how many.</summary>
    int Sweep();

    /// <summary>What the server had of a record when the edits that wait here began: a merge of three needs it. Null when it is not known.</summary>
    Revision? FindOrigin(string id);

    /// <summary>Keeps an origin, in place of an earlier one.</summary>
    void PutOrigin(string id, Revision content);

    /// <summary>Forgets an origin, if there is one.</summary>
    void RemoveOrigin(string id);
}
