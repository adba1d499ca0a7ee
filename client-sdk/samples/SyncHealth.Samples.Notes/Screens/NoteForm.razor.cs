using Microsoft.AspNetCore.Components;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>Where a note is written.</summary>
public sealed partial class NoteForm
{
    /// <summary>Characters of a title and a text: what fits a line and a paragraph of the list.</summary>
    public const int MaxTitle = 80, MaxBody = 500;

    private string _title = "";
    private string _body = "";

    [Parameter]
    public EventCallback<(string Title, string Body)> OnWrite { get; set; }

    private async Task WriteAsync()
    {
        if (_title.Trim() is not { Length: > 0 } title)
            return;
        var body = _body.Trim();
        (_title, _body) = ("", "");
        await OnWrite.InvokeAsync((title, body));
    }
}
