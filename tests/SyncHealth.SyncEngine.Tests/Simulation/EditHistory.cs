using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Conflicts;

namespace SyncHealth.SyncEngine.Tests.Simulation;

/// <summary>
/// Every edit of a note's title, deletions among them, with the text that it was made upon. An edit that stands at the end of its line, is not what
/// the note says in the end, and is in nobody's list of lost edits, has been lost silently.
/// </summary>
internal sealed class EditHistory
{
    private readonly List<(string NoteId, string Text, string Upon, bool IsDeletion)> _edits = [];

    public void Wrote(string noteId, string text, string upon) => _edits.Add((noteId, text, upon, false));

    public void Deleted(string noteId, string upon) => _edits.Add((noteId, "", upon, true));

    /// <summary>The edits that nobody accounts for.</summary>
    /// <param name="final">Titles of the notes that are left, by note.</param>
    /// <param name="lost">What the replicas have listed as lost.</param>
    /// <param name="isMerging">A merge lets an edit outlive a deletion: that deletion counts as heard, not as lost.</param>
    public IEnumerable<string> Unaccounted(IReadOnlyDictionary<string, string> final, IReadOnlyCollection<LostEdit> lost, bool isMerging)
    {
        foreach (var (noteId, text, upon, isDeletion) in _edits)
        {
            var isKnowinglyReplaced = !isDeletion && _edits.Exists(later => later.NoteId == noteId && later.Upon == text);
            var stands = isDeletion ? !final.ContainsKey(noteId) : final.GetValueOrDefault(noteId) == text;
            if (!isKnowinglyReplaced && !stands && !(isMerging && isDeletion) && !lost.Any(edit => IsOf(edit, noteId, text, isDeletion)))
                yield return isDeletion ? $"the deletion of {noteId} upon '{upon}'" : $"'{text}' of {noteId} upon '{upon}'";
        }
    }

    private static bool IsOf(LostEdit edit, string noteId, string text, bool isDeletion) => edit.NoteId == noteId
        && (isDeletion ? edit.Kind is ConflictKind.DeleteUpdate or ConflictKind.UpdateDelete : edit.Title == text);
}
