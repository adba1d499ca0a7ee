using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace SyncHealth.Dashboard.Panels;

/// <summary>Saves numbers as a file. They go over the page's own connection, so that whoever may see them may save them and nobody else.</summary>
public sealed partial class CsvButton(IJSRuntime browser)
{
    /// <summary>Of the file, without its ending.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Whose numbers, for those who cannot see where the button stands.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Written when it is asked for: most never are.</summary>
    [Parameter, EditorRequired]
    public Func<string> Content { get; set; } = () => "";

    private async Task SaveAsync()
    {
        await using var files = await browser.InvokeAsync<IJSObjectReference>("import", "./js/files.js");
        await files.InvokeVoidAsync("save", $"{Name}.csv", Content());
    }
}
