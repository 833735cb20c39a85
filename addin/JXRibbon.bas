Attribute VB_Name = "JXRibbon"
' The callbacks of the ribbon: each starts one Python macro. Texts for the user are in JXHelp's sheet.
Option Explicit

Public Sub NewWorkbook(control As IRibbonControl)
    RunAnywhere "new_workbook()"
End Sub

Public Sub ImportDocument(control As IRibbonControl)
    Dim chosen As Variant
    On Error GoTo failed
    If Not ProgramIsThere() Then Exit Sub
    #If Mac Then
        chosen = Application.GetOpenFilename()
    #Else
        chosen = Application.GetOpenFilename(FileFilter:=JXText("import_filter"), Title:=JXText("import_title"))
    #End If
    If VarType(chosen) = vbString Then RunAnywhere "import_document(" & PythonText(chosen) & ")"
    Exit Sub
failed:
    JXSay "failed", Err.Description
End Sub

Public Sub ExportDocument(control As IRibbonControl)
    Dim chosen As Variant
    On Error GoTo failed
    If Not Ready() Then Exit Sub
    #If Mac Then
        chosen = Application.GetSaveAsFilename(InitialFileName:=JXText("export_name"))
    #Else
        chosen = Application.GetSaveAsFilename(InitialFileName:=OwnFolder() & JXText("export_name"), _
            FileFilter:=JXText("export_filter"), Title:=JXText("export_title"))
    #End If
    If VarType(chosen) = vbString Then RunMacro "export_document(" & PythonText(chosen) & ")"
    Exit Sub
failed:
    JXSay "failed", Err.Description
End Sub

Public Sub NewProject(control As IRibbonControl)
    ChangeBook "new_project()"
End Sub

Public Sub Validate(control As IRibbonControl)
    ChangeBook "validate()"
End Sub

Public Sub ValidateSheet(control As IRibbonControl)
    ChangeBook "validate_sheet()"
End Sub

Public Sub NormaliseValues(control As IRibbonControl)
    ChangeBook "normalise_values()"
End Sub

Public Sub ClearMarks(control As IRibbonControl)
    ChangeBook "clear_marks()"
End Sub

Public Sub BuildSummary(control As IRibbonControl)
    ChangeBook "build_summary()"
End Sub

Public Sub RefreshCurve(control As IRibbonControl)
    ChangeBook "refresh_curve()"
End Sub

Public Sub ExplainRule(control As IRibbonControl)
    RunMacro "explain_rule()"
End Sub

Public Sub ShowSettings(control As IRibbonControl)
    RunMacro "show_settings()"
End Sub

Public Sub Diagnose(control As IRibbonControl)
    RunAnywhere "diagnose(" & PythonText(ThisWorkbook.FullName) & ", " & PythonText(Right$(JXLastFailure, 2000)) & ")"
End Sub

Public Sub About(control As IRibbonControl)
    RunAnywhere "about()"
End Sub

Public Sub Restart(control As IRibbonControl)
    On Error GoTo failed
    If Not Ready() Then Exit Sub
    KillPy
    JXLastFailure = ""
    Application.CalculateFull
    JXSay "restarted"
    Exit Sub
failed:
    JXSay "failed", Err.Description
End Sub

' What a read-only workbook is given cannot be saved there: the user decides first.
Private Sub ChangeBook(ByVal macroCall As String)
    If Not ActiveWorkbook Is Nothing Then
        If ActiveWorkbook.ReadOnly Then
            If Not JXConfirmed("read_only", ActiveWorkbook.Name) Then Exit Sub
        End If
    End If
    RunMacro macroCall
End Sub

' RunPython needs an active workbook even where the macro does not.
Private Sub RunAnywhere(ByVal macroCall As String)
    Dim scratch As Workbook
    If ActiveWorkbook Is Nothing Then Set scratch = Workbooks.Add
    RunMacro macroCall
    If Not scratch Is Nothing Then scratch.Close SaveChanges:=False
End Sub

Private Sub RunMacro(ByVal macroCall As String)
    On Error GoTo failed
    If Not Ready() Then Exit Sub
    RunPython "import macros; macros." & macroCall
    Exit Sub
failed:
    JXSay "failed", Err.Description
End Sub

Private Function Ready() As Boolean
    If ActiveWorkbook Is Nothing Then
        JXSay "no_workbook"
        Exit Function
    End If
    Ready = ProgramIsThere()
End Function

Private Function ProgramIsThere() As Boolean
    Dim missing As String
    missing = MissingFile()
    If missing <> "" Then
        JXSay "not_found", missing, ThisWorkbook.FullName
        Exit Function
    End If
    ProgramIsThere = True
End Function

' With its backslash; nothing for a workbook that is not on the disk.
Private Function OwnFolder() As String
    If ActiveWorkbook.Path = "" Or InStr(ActiveWorkbook.Path, "://") > 0 Then Exit Function
    OwnFolder = ActiveWorkbook.Path & "\"
End Function

' xlwings would show its own English text, or a traceback.
Private Function MissingFile() As String
    #If Not Mac Then
        Dim needed As Variant
        For Each needed In Array(GetConfig("INTERPRETER_WIN"), GetConfig("PYTHONPATH") & "\macros.py")
            If Not FileExists(needed) Then
                MissingFile = needed
                Exit Function
            End If
        Next needed
    #End If
End Function

' A Python literal of any text, in ASCII.
Private Function PythonText(ByVal text As String) As String
    Dim position As Long
    PythonText = "'"
    For position = 1 To Len(text)
        PythonText = PythonText & "\u" & Right$("000" & Hex$(CLng(AscW(Mid$(text, position, 1))) And 65535), 4)
    Next position
    PythonText = PythonText & "'"
End Function
