# Cairn: everything that is built, run and graded.  `make help` lists the targets.
#
#   LAB=2-paging     the lab whose tests are linked
#   IMPL=labs        where that lab's piece comes from: labs or solutions
#   OWN="1-frames"   further labs whose piece is the student's own, not ours
#   CC, HOST_CC      the compiler of the kernel and that of host programs
#   IMAGE=dir        where the linked kernel and the host programs go

MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help
.SUFFIXES:
.SECONDARY:
.DELETE_ON_ERROR:

ifeq ($(origin CC),default)
CC := gcc
endif
HOST_CC ?= gcc
LAB ?= 5-list
LABS := $(patsubst labs/%/points,%,$(wildcard labs/*/points))
# Whether somebody named a lab; and its name, should a shell have completed it.
lab_is_given := $(filter command line environment,$(origin LAB))
override LAB := $(patsubst labs/%,%,$(patsubst %/,%,$(LAB)))
IMPL ?= labs
OWN ?=

BUILD := build
GUEST := $(BUILD)/$(notdir $(CC))/guest
HOST := $(BUILD)/$(notdir $(HOST_CC))/host
PLAYER := $(BUILD)/$(notdir $(HOST_CC))/player
IMAGE ?= $(BUILD)/image/$(LAB)-$(IMPL)

# ---- What is linked -------------------------------------------------------

# One piece of each lab, and of the labs that have the same functions, one: what the
# files labs/N-name/api say.  ALSO has `also:PIECE:PREFIX` for each piece that is linked
# with a prefix to its functions' names.
linked := $(shell grader/build/api pieces $(LAB) "$(OWN)")
ifneq ($(.SHELLSTATUS),0)
$(error the description of a lab cannot be read)
endif
PIECES := $(filter-out also:%,$(linked))
ALSO := $(filter also:%,$(linked))

# Further files of our solutions, which all kernels have, whichever lab's allocator.
PARTS := $(shell grader/build/api parts all)

BOTH_SOURCES := kernel/lab.c $(wildcard kernel/lib/*.c kernel/memory/*.c \
	kernel/collections/*.c kernel/test/*.c kernel/runner/*.c) \
	kernel/test/allocator/script.c
# What the labs' tests share: each takes from the archive what it names.
SHARED_TESTS := $(filter-out kernel/test/allocator/script.c, \
	$(wildcard kernel/test/allocator/*.c))
# What the kernel does when it is not asked to test; the project's own tests have it
# crash instead.
SHOWCASE ?= $(wildcard kernel/showcase/*.c)
GUEST_SOURCES := kernel/main.c $(SHOWCASE) \
	kernel/boot_info.c kernel/memory_map.c \
	$(BOTH_SOURCES) $(wildcard kernel/machine/*.c kernel/screen/*.c \
	kernel/guest/*.c)
# What both host programs have; libc has the functions of lib/string.h.
HOST_SOURCES := $(filter-out kernel/lib/string.c, $(BOTH_SOURCES)) \
	$(wildcard kernel/host/*.c)
ALONE_SOURCES := $(HOST_SOURCES) kernel/host/alone/alone.c
# The host's judged way: tests and submission in two processes.
PLAYER_SOURCES := kernel/host/judged/player.c kernel/host/judged/channel.c \
	kernel/host/judged/request.c \
	kernel/host/judged/player_arguments.c kernel/host/every_process.c \
	kernel/lib/format.c kernel/lib/console.c kernel/memory/allocator.c \
	kernel/memory/mapper.c kernel/test/allocator/script.c
JUDGE_SOURCES := $(filter-out kernel/test/allocator/script.c, $(HOST_SOURCES)) \
	kernel/host/judged/judge.c kernel/host/judged/judge_arguments.c \
	kernel/host/judged/channel.c kernel/host/judged/request.c
ASM_SOURCES := $(wildcard boot/*.asm kernel/machine/*.asm kernel/guest/*.asm)

# The object of a piece: the lab's own from IMPL, those of OWN from labs/, the others
# from solutions/.
lab_of = $(firstword $(subst /, ,$(1)))
piece_from = $(if $(filter $(LAB),$(call lab_of,$(1))),$(IMPL),$(if \
	$(filter $(OWN),$(call lab_of,$(1))),labs,solutions))
also_piece = $(word 2,$(subst :, ,$(1)))
also_prefix = $(word 3,$(subst :, ,$(1)))
also_object = $(1)/pieces/also/$(call also_prefix,$(2))$(3)/$(call also_piece,$(2)).o
# The parts of our solutions but those of labs whose pieces are a student's.
parts_beside = $(foreach part,$(PARTS),$(if \
	$(filter $(call lab_of,$(part))/%,$(1)),,$(part)))
students = $(foreach piece,$(PIECES),$(if \
	$(filter labs,$(call piece_from,$(piece))),$(piece)))
piece_objects = $(foreach piece,$(PIECES),$\
	$(1)/pieces/$(call piece_from,$(piece))/$(piece).o) \
	$(patsubst %,$(1)/pieces/solutions/%.o,$(call parts_beside,$(students))) \
	$(foreach entry,$(ALSO),$(call also_object,$(1),$(entry),$\
	$(call piece_from,$(call also_piece,$(entry)))))

GUEST_OBJECTS := $(GUEST_SOURCES:%.c=$(GUEST)/%.o) \
	$(ASM_SOURCES:%.asm=$(GUEST)/%.asm.o)
ALONE_OBJECTS := $(ALONE_SOURCES:%.c=$(HOST)/%.o)
JUDGE_OBJECTS := $(JUDGE_SOURCES:%.c=$(HOST)/%.o)
PLAYER_OBJECTS := $(PLAYER_SOURCES:%.c=$(PLAYER)/%.o)

# ---- How it is compiled ---------------------------------------------------

WARNINGS := -Wall -Wextra
COMMON_FLAGS := -std=c17 -g $(WARNINGS) -Ikernel -Ilabs -fno-omit-frame-pointer \
	-mno-omit-leaf-frame-pointer -fno-common

# -mgeneral-regs-only: the kernel saves no SSE state.  -mno-red-zone: interrupts
# use the stack of whatever they interrupt.
GUEST_FLAGS := $(COMMON_FLAGS) -ffreestanding -mcmodel=kernel -fno-pic \
	-mno-red-zone -mgeneral-regs-only -fno-stack-protector \
	-fcf-protection=none -fno-asynchronous-unwind-tables \
	-fno-optimize-sibling-calls
HOST_FLAGS := $(COMMON_FLAGS) -fsanitize=address,undefined \
	-fno-sanitize-recover=all

# The player traps at undefined behaviour: it has nobody to report it to.
PLAYER_FLAGS := $(COMMON_FLAGS) -fsanitize=undefined -fno-stack-protector \
	-fcf-protection=none $(if $(findstring clang,$(HOST_CC)),\
	-fsanitize-trap=undefined,-fsanitize-undefined-trap-on-error)

OURS := -O2 -Werror
# What students write and read in the debugger: their warnings are no errors, but
# for an undeclared function, which the linker would report less clearly.
# A large variable touches each of its pages, so that none jumps over the stack's guard.
THEIRS := -Og -fstack-clash-protection -Werror=implicit-function-declaration

LD_FLAGS := -nostdlib -static --build-id=none -z noexecstack -z max-page-size=4096

# $(call compile,FOLDER OF OBJECTS,FOLDER OF SOURCES,COMMAND)
define compile
$(1)/%.o: $(2)%.c
	@mkdir -p $$(@D)
	@$(3) -MMD -MP -c $$< -o $$@
endef
# A piece may also be given as a ready object; it serves all machines.  Which is the
# newer says nothing of objects that come from elsewhere.
define copy_object
$(1)/pieces/%.o: %.o FORCE
	@mkdir -p $$(@D)
	@cmp -s $$< $$@ || cp $$< $$@
endef

$(eval $(call compile,$(GUEST)/kernel,kernel/,$(CC) $(GUEST_FLAGS) $(OURS)))
$(eval $(call compile,$(HOST)/kernel,kernel/,$(HOST_CC) $(HOST_FLAGS) $(OURS)))
$(eval $(call compile,$(PLAYER)/kernel,kernel/,$(HOST_CC) $(COMMON_FLAGS) $(OURS)))

# Each side of a call in a judged run, made from the lab's api.
$(BUILD)/api/%/calls.h $(BUILD)/api/%/judge.c $(BUILD)/api/%/player.c: labs/%/api \
		$(wildcard grader/build/*.awk) grader/build/api
	@mkdir -p $(@D)
	@for side in calls.h judge.c player.c; do \
		grader/build/api $${side%.?} $* >$(@D)/$$side || exit; \
	done
$(eval $(call compile,$(HOST)/api,$(BUILD)/api/,$(HOST_CC) $(HOST_FLAGS) $(OURS)))
$(eval $(call compile,$(PLAYER)/api,$(BUILD)/api/,$(HOST_CC) $(COMMON_FLAGS) $(OURS)))

$(eval $(call compile,$(GUEST)/tests,,$(CC) $(GUEST_FLAGS) $(THEIRS) -Werror))
$(eval $(call compile,$(HOST)/tests,,$(HOST_CC) $(HOST_FLAGS) $(THEIRS) -Werror))
$(eval $(call compile,$(PLAYER)/tests,,$(HOST_CC) $(COMMON_FLAGS) $(THEIRS) -Werror))

$(eval $(call compile,$(GUEST)/pieces,,$(CC) $(GUEST_FLAGS) $(THEIRS)))
$(eval $(call compile,$(HOST)/pieces,,$(HOST_CC) $(HOST_FLAGS) $(THEIRS)))
$(eval $(call compile,$(PLAYER)/pieces,,$(HOST_CC) $(PLAYER_FLAGS) $(THEIRS)))
$(foreach way,$(GUEST) $(HOST) $(PLAYER),$(eval $(call copy_object,$(way))))

$(GUEST)/%.asm.o: %.asm
	@mkdir -p $(@D)
	@nasm -f elf64 -g -F dwarf -w+all -w+error $< -o $@

# ---- Kernel, ISO, host programs -------------------------------------------

# One file, or a folder of them.  A lab without any is an error that names it.
LAB_TESTS := $(or $(wildcard labs/$(LAB)/tests.c labs/$(LAB)/tests/*.c), \
	labs/$(LAB)/tests.c)
# What of it runs where the submission does.
LAB_BESIDE := $(wildcard labs/$(LAB)/beside.c)
# What a piece is linked with on each machine.  The player's side of the judged run
# has all pieces; the judge has stubs in place of the lab's own, and the others are
# always ours: no student's code runs there.
GUEST_REST := $(GUEST_OBJECTS) \
	$(patsubst %.c,$(GUEST)/tests/%.o,$(LAB_TESTS) $(LAB_BESIDE)) \
	$(GUEST)/shared-tests.a
HOST_REST := $(ALONE_OBJECTS) \
	$(patsubst %.c,$(HOST)/tests/%.o,$(LAB_TESTS) $(LAB_BESIDE)) \
	$(HOST)/shared-tests.a
PLAYER_REST := $(PLAYER_OBJECTS) $(PLAYER)/api/$(LAB)/player.o \
	$(LAB_BESIDE:%.c=$(PLAYER)/tests/%.o)
JUDGE_PIECES := $(filter-out also:%,$(if $(OWN),$\
	$(shell grader/build/api pieces $(LAB) ""),$(PIECES)))
JUDGE_LINKED := $(JUDGE_OBJECTS) $(LAB_TESTS:%.c=$(HOST)/tests/%.o) \
	$(patsubst %,$(HOST)/pieces/solutions/%.o,$(filter-out $(LAB)/%, \
		$(JUDGE_PIECES) $(PARTS))) \
	$(foreach entry,$(ALSO),$(call also_object,$(HOST),$(entry),solutions)) \
	$(HOST)/shared-tests.a $(HOST)/api/$(LAB)/judge.o

$(GUEST)/shared-tests.a: $(SHARED_TESTS:%.c=$(GUEST)/tests/%.o)
$(HOST)/shared-tests.a: $(SHARED_TESTS:%.c=$(HOST)/tests/%.o)
$(GUEST)/shared-tests.a $(HOST)/shared-tests.a:
	@rm -f $@
	@ar rc $@ $^

# $(call also,WAY,ENTRY,FROM): a piece once more, with a prefix to its functions' names.
define also
$(call also_object,$(1),$(2),$(3)): $(1)/pieces/$(3)/$(call also_piece,$(2)).o \
		labs/$(call lab_of,$(call also_piece,$(2)))/api
	@mkdir -p $$(@D)
	@grader/build/api functions $(call lab_of,$(call also_piece,$(2))) | \
		sed 's|.*|& $(call also_prefix,$(2))&|' >$$@.names
	@objcopy --redefine-syms=$$@.names $$< $$@
endef
$(foreach way,$(GUEST) $(HOST) $(PLAYER),$(foreach entry,$(ALSO),$(foreach from,\
	labs solutions,$(eval $(call also,$(way),$(entry),$(from))))))

# $(call link_MACHINE,OUTPUT,OBJECTS).  The kernel's file is a disk that GRUB reads:
# as long as grub.cfg says, with a hole behind the ELF file.  The host's program is not
# position-independent, so that a piece's ready object fits in; the player is static,
# for the sandbox that it runs in has no libraries.
link_guest = ld $(LD_FLAGS) -T boot/kernel.ld -o $(1) $(2) && truncate -s '>32M' $(1)
link_host = $(HOST_CC) -fsanitize=address,undefined -no-pie -o $(1) $(2)
link_judged = $(HOST_CC) -static -o $(1) $(2)

# What a program was linked from: a file that is new only when the list is, so that
# another IMPL, OWN or CC, or a file less, links again.
define link
$(1): $(1).from $(3)
	@$$(call link_$(2),$$@,$(3))
$(1).from: FORCE
	@mkdir -p $$(@D)
	@echo '$(3)' | cmp -s - $$@ || echo '$(3)' >$$@
endef
$(eval $(call link,$(IMAGE)/kernel.elf,guest,$(GUEST_REST) $(call piece_objects,$(GUEST))))
$(eval $(call link,$(IMAGE)/host,host,$(HOST_REST) $(call piece_objects,$(HOST))))
$(eval $(call link,$(IMAGE)/player,judged,$(PLAYER_REST) $(call piece_objects,$(PLAYER))))
JUDGE := $(HOST)/judge/$(LAB)
$(eval $(call link,$(JUDGE),host,$(JUDGE_LINKED)))
$(IMAGE)/kernel.elf: boot/kernel.ld
.PHONY: FORCE

# One for all kernels.  With only the modules that grub.cfg needs, which boots faster;
# and the partition tables that grub-mkrescue's own start-up asks for, which complains
# on screen otherwise.  Its temporary files, too, go when the next one is made.
GRUB_MODULES := normal iso9660 biosdisk smbios multiboot2 serial terminal echo \
	halt part_acorn part_amiga part_apple part_bsd part_dfly part_dvh part_gpt \
	part_msdos part_plan part_sun part_sunpc
# UEFI's GRUB needs no biosdisk, and its screen is a graphic one.
GRUB_FOLDER := /usr/lib/grub
$(BUILD)/cairn.iso: GRUB := -d $(GRUB_FOLDER)/i386-pc \
	--install-modules="$(GRUB_MODULES)"
$(BUILD)/cairn-uefi.iso: SCREEN := auto
$(BUILD)/cairn-uefi.iso: GRUB := -d $(GRUB_FOLDER)/x86_64-efi --modules=efi_gop \
	--install-modules="$(filter-out biosdisk,$(GRUB_MODULES))"
$(BUILD)/cairn.iso $(BUILD)/cairn-uefi.iso: grub.cfg
	@rm -rf $(@:.iso=)
	@mkdir -p $(@:.iso=)/files/boot/grub $(@:.iso=)/temporary
	@sed 's/gfxpayload=text/gfxpayload=$(or $(SCREEN),text)/' grub.cfg \
		>$(@:.iso=)/files/boot/grub/grub.cfg
	@TMPDIR="$$(realpath $(@:.iso=)/temporary)" grub-mkrescue $(GRUB) \
		--fonts= --locales= --themes= \
		-o $@ $(@:.iso=)/files 2>$(@:.iso=)/log || \
		{ cat $(@:.iso=)/log >&2; exit 1; }

# Where a program's own files lie, so do those that it shares.
$(IMAGE)/%.iso: $(BUILD)/%.iso $(IMAGE)/kernel.elf
	@ln -sfn "$$(realpath $<)" $@
$(IMAGE)/judge: $(JUDGE) $(IMAGE)/player
	@ln -sfn "$$(realpath $(JUDGE))" $@

# ---- What a submission is compiled and linked by ------------------------------
#
# For grader/build, which does so itself: what all submissions share is made, and the
# commands are printed, for a shell in which $$0 is the output and $$@ are objects.
# SUBMITTED: the pieces that are not ours, as 2-paging/mapper.

SUBMITTED ?=
ours = $(patsubst %,$(1)/pieces/solutions/%.o,$(filter-out $(SUBMITTED),$(PIECES)) \
	$(call parts_beside,$(filter $(SUBMITTED),$(PIECES)))) \
	$(foreach entry,$(ALSO),$(if $(filter $(SUBMITTED),$(call also_piece,$(entry))),,$\
	$(call also_object,$(1),$(entry),solutions)))
theirs = $(info pieces $(filter $(SUBMITTED),$(PIECES)))$(foreach entry,$(ALSO),$(if \
	$(filter $(SUBMITTED),$(call also_piece,$(entry))),$\
	$(info also $(call also_piece,$(entry)) $(call also_prefix,$(entry)))))
recipe = $(info compile $(1) $(2))$(info link $(1) \
	$(call link_$(1),"$$0",$(3) "$$@"))

.PHONY: for-guest for-judged for-host
for-guest: $(BUILD)/cairn.iso $(GUEST_REST) $(call ours,$(GUEST)) boot/kernel.ld
	$(theirs)
	$(call recipe,guest,$(CC) $(GUEST_FLAGS) $(THEIRS),$(GUEST_REST) $(call ours,$(GUEST)))
	$(info share $(BUILD)/cairn.iso cairn.iso)
for-judged: $(JUDGE) $(PLAYER_REST) $(call ours,$(PLAYER))
	$(theirs)
	$(call recipe,judged,$(HOST_CC) $(PLAYER_FLAGS) $(THEIRS) -w,$(PLAYER_REST) $(call ours,$(PLAYER)))
	$(info share $(JUDGE) judge)
for-host: $(HOST_REST) $(call ours,$(HOST))
	$(theirs)
	$(call recipe,host,$(HOST_CC) $(HOST_FLAGS) $(THEIRS),$(HOST_REST) $(call ours,$(HOST)))

# ---- What people type ------------------------------------------------------

.PHONY: known-lab known-firmware expected help image host judged demo check grade qemu qemu-gdb gdb doctor test clean \
	mutants variants soak hostile flaky evidence

help:
	@sed -n '/^##/{s/^## \{0,1\}//;s/LABS/$(LABS)/;p;}' Makefile

##  make demo                  boot the finished kernel and grade our solutions
##  make check   LAB=5-list    run your file against its tests on this computer
##  make grade   LAB=5-list    boot your file through GRUB, and give points
##  make qemu    LAB=5-list    the same boot, on your terminal
##  make qemu-gdb LAB=5-list   the same, waiting for a debugger ...
##  make gdb                   ... which this starts in a second terminal
##  make doctor                is everything installed?
##  make clean                 remove what was built
##
##  LAB is one of LABS; check and
##  grade take all labs without it.  Further variables:
##    IMPL=solutions           take our piece instead of yours
##    OWN="2-paging 3-heap"    take these earlier labs' pieces from yours too
##    SEED=7                   the seed of random tests (drawn if not given)
##    ARGS="cairn"             for qemu: the kernel's command line
##    FIRMWARE=uefi            for qemu: boot by UEFI, with a graphic screen
##    CC=clang HOST_CC=clang   the compiler of the kernel, and of host programs
##
##  For those who build Cairn, and for instructors who want to trust it:
##    make test                all tests of the project itself
##    make expected LAB=...    a new expected.txt: docs/add-a-lab.md
##    make mutants variants hostile       planted mistakes, other designs, attacks
##    make soak N=1000         the variants on many seeds
##    make flaky N=300         the same reports again and again, under load
##    make evidence N=300      all of these, as a table: docs/evidence.md

SEED ?=
ARGS ?= cairn test
FIRMWARE ?= bios
ISO := $(IMAGE)/cairn$(if $(filter uefi,$(FIRMWARE)),-uefi).iso
GIVEN_LAB := $(if $(lab_is_given),$(LAB))
GRADE = CC="$(CC)" HOST_CC="$(HOST_CC)" grader/grade --impl $(IMPL) \
	$(if $(GIVEN_LAB),--lab $(GIVEN_LAB)) $(if $(OWN),--own "$(OWN)") \
	$(if $(SEED),--seed $(SEED))

image: $(ISO)
host: $(IMAGE)/host
judged: $(IMAGE)/judge $(IMAGE)/player

demo:
	@grader/doctor --install
	@$(MAKE) -s image IMPL=solutions
	@grader/qemu $(BUILD)/image/$(LAB)-solutions/cairn.iso cairn
	@$(MAKE) -s grade IMPL=solutions

# `make check` is for people: a failed test is no error of make's.
check:
	@grader/doctor --quick
	@$(GRADE) --on host || [ $$? -eq 1 ]

grade:
	@grader/doctor --quick
	@$(GRADE)

# One sentence for a lab that does not exist.
known-lab:
	@[ -f labs/$(LAB)/points ] || { echo "no lab is called \"$(LAB)\"; there are:" \
		$(LABS) >&2; exit 1; }

# UEFI has needs of its own, which --quick names.
known-firmware:
	@case $(FIRMWARE) in \
		bios) ;; \
		uefi) grader/doctor --quick --uefi ;; \
		*) echo "FIRMWARE is bios or uefi, not \"$(FIRMWARE)\"" >&2; exit 1 ;; \
	esac

qemu: known-lab known-firmware image
	@CAIRN_FIRMWARE=$(FIRMWARE) grader/qemu $(ISO) $(ARGS)

qemu-gdb: known-lab known-firmware image
	@CAIRN_FIRMWARE=$(FIRMWARE) grader/qemu --gdb $(ISO) $(ARGS)

gdb:
	@pgrep -f '[q]emu-system-x86_64.* -gdb ' >/dev/null || { \
		echo "Nothing waits for a debugger. First, in another terminal:" \
			"make qemu-gdb LAB=..." >&2; exit 1; }
	@gdb -q -x build/gdb.commands

doctor:
	@grader/doctor

expected:
	@grader/judge/expected $(LAB)

test:
	@grader/doctor --install --tests
	@grader/tests/run

# Evidence that verdicts can be trusted; docs/evidence.md holds the figures.
claims = grader/proof/$(1)$(GIVEN_LAB:%=/%)
mutants:
	@grader/proof/check $(call claims,mutants)
variants:
	@grader/proof/check $(call claims,variants)
soak:
	@grader/proof/soak $(or $(N),1000) solutions$(GIVEN_LAB:%=/%) \
		$(call claims,variants)
hostile:
	@grader/proof/check $(call claims,hostile)
flaky:
	@grader/proof/flaky $(or $(N),10)
evidence:
	@grader/proof/evidence --flaky $(or $(N),10)

clean:
	rm -rf $(BUILD)

# Of objects that are built, and of no other that may lie there.
BUILT := $(GUEST_REST) $(HOST_REST) $(PLAYER_REST) $(JUDGE_LINKED) \
	$(foreach way,$(GUEST) $(HOST),$(SHARED_TESTS:%.c=$(way)/tests/%.o)) \
	$(foreach way,$(GUEST) $(HOST) $(PLAYER),$(call piece_objects,$(way)) \
	$(call ours,$(way)))
-include $(wildcard $(patsubst %.o,%.d,$(filter %.o,$(BUILT))))
