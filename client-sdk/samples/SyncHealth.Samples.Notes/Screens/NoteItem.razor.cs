using Microsoft.AspNetCore.Components;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>A note, with whether the server has it.</summary>
public sealed partial class NoteItem
{
    private const string Clock = "M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 1 1 0-13zM8 4.5V8l2.4 1.6";
    private const string Tick = "M4.5 12.5a3.2 3.2 0 0 1-.3-6.4 4 4 0 0 1 7.7-.6 3.5 3.5 0 0 1-.4 7zM5.8 9.2l1.7 1.7 3-3.4";

    private bool _isEdited;
    private string _title = "";
    private string _body = "";
    private Revision? _from;

    [Parameter, EditorRequired]
    public Note Note { get; set; } = null!;

    [Parameter]
    public EventCallback<(string Title, string Body)> OnSave { get; set; }

    [Parameter]
    public EventCallback OnDelete { get; set; }

    private string Standing => Note.IsPending ? "Waiting to be sent" : "The server has it";

    private void Edit()
    {
        _from = Note.Content;
        (_title, _body, _isEdited) = (_from.Title, _from.Body, true);
    }

    /// <summary>Only what was changed in the form is an edit: the other field may have been synced anew meanwhile.</summary>
    private async Task SaveAsync()
    {
        if (_title.Trim() is not { Length: > 0 } title || _from is null)
            return;
        _isEdited = false;
        var body = _body.Trim();
        var (newTitle, newBody) = (title == _from.Title ? Note.Content.Title : title, body == _from.Body ? Note.Content.Body : body);
        if ((newTitle, newBody) != (Note.Content.Title, Note.Content.Body))
            await OnSave.InvokeAsync((newTitle, newBody));
    }
}
