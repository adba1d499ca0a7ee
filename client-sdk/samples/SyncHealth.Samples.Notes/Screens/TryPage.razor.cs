using Microsoft.AspNetCore.Components;
using SyncHealth.Contracts;
using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Panels;
using SyncHealth.Samples.Notes.Phones;

namespace SyncHealth.Samples.Notes.Screens;

/// <summary>One phone in the hand: its notes, its network, and what its engine does. The address says which.</summary>
public sealed partial class TryPage(
    PhoneShelf shelf, NotesSampleOptions sample, ViewerPresence presence, NavigationManager navigation, TimeProvider clock) : IDisposable
{
    /// <summary>Real time after which ages and countdowns on the screen are written anew.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private static readonly MarkupString Style = new($"<style>{SampleFile.Text("try.css")}{SampleFile.Text("try-more.css")}</style>");

    private readonly CancellationTokenSource _end = new();
    private PhoneLease? _lease;
    private PhoneView? _view;

    [SupplyParameterFromQuery(Name = "phone")]
    public string? Letter { get; set; }

    [SupplyParameterFromQuery(Name = "notebook")]
    public string? NotebookName { get; set; }

    private Notebook Notebook => PhoneId.NotebookOf(NotebookName);

    /// <summary>Null while there is nothing to show: the page is only prerendered, or takes a phone up at this moment.</summary>
    private PageFrame? Frame => _view is not null || IsUnknown ? new PageFrame(_view?.Now ?? clock.GetUtcNow(), [], null) : null;

    private bool IsUnknown => !string.IsNullOrEmpty(Letter) && PhoneId.Parse(Letter, NotebookName) is null;

    private IEnumerable<PhoneId> Neighbours => PhoneId.Letters.Select(letter => new PhoneId(letter, Notebook));

    private IEnumerable<ChoiceOption> Notebooks => Enum.GetValues<Notebook>().Select(notebook => new ChoiceOption(
        notebook == Notebook.FieldMerge ? "merge by field" : "last write wins",
        (_lease!.Phone.Id with { Notebook = notebook }).ToAddress(),
        notebook == Notebook,
        notebook == Notebook.FieldMerge ? "Edits of different fields both stay" : "The later edit stays, the other is kept aside"));

    public void Dispose()
    {
        _end.Cancel();
        presence.Changed -= OnChanged;
        LayDown();
        _end.Dispose();
    }

    protected override void OnInitialized()
    {
        presence.Changed += OnChanged;
        if (RendererInfo.IsInteractive)
            _ = KeepTimeAsync(_end.Token);
    }

    protected override void OnParametersSet()
    {
        if (string.IsNullOrEmpty(Letter))
        {
            navigation.NavigateTo(navigation.GetUriWithQueryParameter("phone", shelf.FirstFree(Notebook).Letter.ToString()), replace: true);
            return;
        }

        // Who only gets a picture of the page holds no phone.
        if (!RendererInfo.IsInteractive)
            return;
        if (PhoneId.Parse(Letter, NotebookName) is not { } asked)
        {
            LayDown();
        }
        else if (_lease?.Phone.Id != asked)
        {
            Hold(shelf.Take(asked));
        }
    }

    private void Hold(PhoneLease lease)
    {
        LayDown();
        _lease = lease;
        lease.Phone.Changed += OnChanged;
        _view = lease.Phone.Look();
    }

    private void LayDown()
    {
        if (_lease is null)
            return;
        _lease.Phone.Changed -= OnChanged;
        _lease.Dispose();
        (_lease, _view) = (null, null);
    }

    private void OnChanged() => InvokeAsync(Show);

    private void Show()
    {
        if (_lease is null)
            return;
        _view = _lease.Phone.Look();
        StateHasChanged();
    }

    private async Task KeepTimeAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(Tick, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
                if (presence.IsWatching)
                    await InvokeAsync(Show);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page is closed.
        }
    }

    private Task RefreshAsync() => _lease!.Phone.RefreshAsync(SyncTrigger.User);

    private Task RetryAsync() => _lease!.Phone.RefreshAsync(SyncTrigger.Retry);
}
