namespace SyncHealth.SyncEngine.Conflicts.Replicated;

/// <summary>Reads the replicated state that a record's body is.</summary>
internal static class RecordState
{
    /// <summary>The state, bounded by the record's own time; false when the body is none.</summary>
    public static bool TryRead<T>(Revision revision, out T state)
        where T : class, IReplicated<T>
    {
        if (!T.TryDecode(revision.Body, out state))
            return false;
        state = state.NotAfter(revision.Edited.Millis);
        return true;
    }
}
